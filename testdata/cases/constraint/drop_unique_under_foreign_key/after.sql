CREATE TABLE a (x integer PRIMARY KEY, y integer);
CREATE TABLE b (y integer REFERENCES a (x));
