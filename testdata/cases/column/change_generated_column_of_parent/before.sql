CREATE TABLE t (a integer, g bigint GENERATED ALWAYS AS (b * 2) STORED, b integer);
CREATE TABLE u () INHERITS (t);
