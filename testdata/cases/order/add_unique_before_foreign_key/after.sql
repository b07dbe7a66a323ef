CREATE TABLE z (id integer, code text
  , CONSTRAINT zz_code UNIQUE (code)
);
CREATE TABLE a (code text
  , CONSTRAINT aa_code FOREIGN KEY (code) REFERENCES z (code)
);
