CREATE TABLE a (x integer PRIMARY KEY, y integer UNIQUE);
CREATE TABLE b (z integer,
  CONSTRAINT b_z FOREIGN KEY (z) REFERENCES a (y)
);
