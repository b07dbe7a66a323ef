CREATE TYPE size AS (width integer, label text);
CREATE DOMAIN small AS size CHECK ((VALUE).width < 9);
CREATE TABLE frame (
    a size DEFAULT ROW(1, 'x'::text),
    b size DEFAULT ROW(2, 'y'::text),
    c small DEFAULT ROW(3, NULL::text)::size
);
