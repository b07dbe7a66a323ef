CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE t (id integer, v text DEFAULT 'good' NOT NULL);
