CREATE TYPE x AS ENUM ('a');
CREATE TABLE t (id integer);
