CREATE DOMAIN weight AS numeric(6,2);
CREATE TYPE parcel AS (label text, grams weight);
CREATE TABLE carts (id integer PRIMARY KEY, own weight, load parcel, loads parcel[]);
CREATE VIEW heavy AS SELECT id, (load).grams FROM carts WHERE own > 5;
