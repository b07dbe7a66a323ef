CREATE TABLE a (id integer
  , CONSTRAINT x UNIQUE (id)
);
CREATE TABLE b (id integer
);
