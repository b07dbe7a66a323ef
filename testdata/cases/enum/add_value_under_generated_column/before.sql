CREATE TYPE e AS ENUM ('new', 'done');
CREATE TABLE t (id integer, plain e, c e GENERATED ALWAYS AS ('new'::e) STORED, d e GENERATED ALWAYS AS (CASE WHEN id > 1 THEN 'done'::e END) STORED);
