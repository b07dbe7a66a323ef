CREATE TYPE span AS (width numeric(8, 2));
CREATE TYPE box AS (side span);
CREATE DOMAIN crate AS box;
CREATE TABLE part (id integer, note text);
CREATE TABLE store (id integer, note text);
