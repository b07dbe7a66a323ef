CREATE DOMAIN part AS integer;
CREATE DOMAIN short AS varchar(9) DEFAULT NULL;
CREATE TABLE goods (
    id integer DEFAULT NULL::int PRIMARY KEY,
    label varchar(20) DEFAULT NULL,
    code text DEFAULT NULL::varchar,
    seen timestamp(0) DEFAULT CAST(NULL AS timestamp(0)),
    during interval(3) DEFAULT NULL,
    part part DEFAULT NULL,
    tags varchar(5)[] DEFAULT NULL,
    price numeric(8, 2) DEFAULT NULL
);
CREATE TABLE base (a integer DEFAULT 1, b varchar(3) DEFAULT 'x');
CREATE TABLE child (a integer DEFAULT NULL, b varchar(3) DEFAULT NULL) INHERITS (base);
