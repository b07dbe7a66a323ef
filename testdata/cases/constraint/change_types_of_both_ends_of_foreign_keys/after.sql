CREATE TABLE author (id text PRIMARY KEY, code uuid UNIQUE, born bigint UNIQUE);
CREATE TABLE book (id text PRIMARY KEY, author text REFERENCES author ON DELETE CASCADE,
  code uuid CONSTRAINT coded REFERENCES author (code) DEFERRABLE, born bigint REFERENCES author (born),
  sequel_of text REFERENCES book);
COMMENT ON CONSTRAINT coded ON book IS 'by code';
