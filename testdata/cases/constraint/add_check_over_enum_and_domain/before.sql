CREATE TYPE e AS ENUM ('a', 'b');
CREATE DOMAIN d AS text;
CREATE TABLE t (x e, y d);
