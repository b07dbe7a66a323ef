CREATE TYPE size AS (width integer, label text);
CREATE DOMAIN small AS size CHECK ((VALUE).width < 9);
CREATE TABLE frame (a size DEFAULT row(1, 'x'), b size DEFAULT (2, 'y'), c small DEFAULT Row(3, NULL)::size);
