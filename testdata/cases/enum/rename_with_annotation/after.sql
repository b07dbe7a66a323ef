-- @renamed from=mood
CREATE TYPE temper AS ENUM ('sad', 'ok');
CREATE TABLE t (id integer, m
  temper
);
