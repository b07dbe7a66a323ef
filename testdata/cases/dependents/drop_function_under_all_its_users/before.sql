CREATE TABLE other (id integer);
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE TABLE t (id integer
  DEFAULT f(1) CONSTRAINT ck CHECK (f(id) > 0)
  , g integer
  GENERATED ALWAYS AS (f(id)) STORED
);
CREATE INDEX t_f ON t (f(id));
CREATE VIEW v AS SELECT f(id) AS x FROM t;
CREATE POLICY p ON t USING (f(id) = 1);
