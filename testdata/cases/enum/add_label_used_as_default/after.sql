CREATE TYPE mood AS ENUM ('sad', 'ok', 'new');
CREATE TABLE t (id integer, m mood DEFAULT
  'new'
);
