CREATE TABLE t (id integer, v text, n numeric, at timestamptz, j jsonb, a integer[]);
