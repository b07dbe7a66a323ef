CREATE TABLE a (x integer, y integer
  , CONSTRAINT a_y UNIQUE (y)
);
CREATE TABLE b (y integer
  REFERENCES a (y)
);
