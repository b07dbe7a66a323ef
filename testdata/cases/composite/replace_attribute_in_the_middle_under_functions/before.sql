CREATE TYPE d AS (a integer, t integer, b integer);
CREATE TYPE r AS (x integer);
CREATE FUNCTION minus(r, r) RETURNS d LANGUAGE plpgsql AS 'begin return null; end';
CREATE OPERATOR - (LEFTARG = r, RIGHTARG = r, FUNCTION = minus);
CREATE TABLE h (d d, e d[] DEFAULT '{}');
CREATE VIEW v AS SELECT (d).a FROM h;
CREATE INDEX i ON h (((d).b));
