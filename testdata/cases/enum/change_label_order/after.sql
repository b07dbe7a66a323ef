CREATE TYPE mood AS ENUM ('happy', 'ok', 'sad');
CREATE TABLE t (id integer, m mood DEFAULT 'ok' NOT NULL);
CREATE INDEX t_m ON t (m) WHERE m > 'ok';
