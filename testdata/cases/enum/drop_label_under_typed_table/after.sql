CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TYPE part AS (id integer, kind kind);
CREATE TABLE parts OF part (id WITH OPTIONS PRIMARY KEY, kind WITH OPTIONS DEFAULT 'a');
CREATE TABLE boxes (held part);
