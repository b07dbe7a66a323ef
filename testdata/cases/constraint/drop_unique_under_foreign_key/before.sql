CREATE TABLE a (x integer PRIMARY KEY, y integer UNIQUE);
CREATE TABLE b (y integer REFERENCES a (y));
