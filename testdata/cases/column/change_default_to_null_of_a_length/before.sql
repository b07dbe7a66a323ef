CREATE DOMAIN part AS integer;
CREATE DOMAIN short AS varchar(9);
CREATE TABLE goods (
    id integer PRIMARY KEY,
    label varchar(20),
    code text,
    seen timestamp(0),
    during interval(3),
    part part,
    tags varchar(5)[],
    price numeric(8, 2) DEFAULT 1
);
CREATE TABLE base (a integer DEFAULT 1, b varchar(3) DEFAULT 'x');
CREATE TABLE child (a integer, b varchar(3)) INHERITS (base);
