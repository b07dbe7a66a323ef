CREATE TABLE base (id integer);
CREATE TABLE x (id integer PRIMARY KEY);
