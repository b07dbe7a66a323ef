CREATE TYPE span AS (width integer);
CREATE TYPE box AS (side span);
CREATE DOMAIN crate AS box;
CREATE TABLE part (id integer, size span[]);
CREATE TABLE store (id integer, crate crate);
