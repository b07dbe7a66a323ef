CREATE TYPE mood AS ENUM ('awful', 'sad', 'so-so', 'meh', 'ok');
CREATE TABLE t (id integer, m mood[]);
