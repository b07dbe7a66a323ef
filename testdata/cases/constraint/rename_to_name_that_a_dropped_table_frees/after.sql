CREATE TABLE stock (id integer CONSTRAINT stock_key PRIMARY KEY);
CREATE TABLE box (a integer, b integer, CONSTRAINT box_b UNIQUE (a));
CREATE INDEX box_a ON box (a, b);
