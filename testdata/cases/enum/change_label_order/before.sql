CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE t (id integer, m mood DEFAULT 'ok' NOT NULL);
CREATE INDEX t_m ON t (m) WHERE m > 'ok';
