CREATE SCHEMA old_shop;
CREATE TYPE old_shop.size AS ENUM ('s', 'm');
CREATE TABLE old_shop.shirt (id integer PRIMARY KEY, fits old_shop.size);
CREATE SCHEMA spare;
