CREATE TABLE author (id integer PRIMARY KEY, code text UNIQUE, born smallint UNIQUE);
CREATE TABLE book (id integer PRIMARY KEY, author integer REFERENCES author ON DELETE CASCADE,
  code text CONSTRAINT coded REFERENCES author (code) DEFERRABLE, born smallint REFERENCES author (born),
  sequel_of integer REFERENCES book);
COMMENT ON CONSTRAINT coded ON book IS 'by code';
