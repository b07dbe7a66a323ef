CREATE TABLE a (x integer, y integer);
CREATE UNIQUE INDEX a_y ON a (y);
CREATE TABLE b (y integer
  REFERENCES a (y)
);
