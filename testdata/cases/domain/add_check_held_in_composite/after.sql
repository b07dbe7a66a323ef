CREATE DOMAIN weight AS numeric(6,2) CHECK (VALUE > 0) CONSTRAINT portable CHECK (VALUE < 1000);
COMMENT ON CONSTRAINT portable ON DOMAIN weight IS 'by one person';
COMMENT ON CONSTRAINT weight_check ON DOMAIN weight IS 'not lighter than air';
CREATE TYPE parcel AS (label text, grams weight);
CREATE TABLE carts (id integer PRIMARY KEY, own weight, load parcel, loads parcel[]);
CREATE VIEW heavy AS SELECT id, (load).grams FROM carts WHERE own > 5;
