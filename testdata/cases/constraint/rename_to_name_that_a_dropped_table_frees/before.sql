CREATE TABLE stock (id integer CONSTRAINT stock_old PRIMARY KEY);
CREATE TABLE shelf (id integer CONSTRAINT stock_key PRIMARY KEY);
CREATE TABLE box (a integer, b integer CONSTRAINT box_b UNIQUE, CONSTRAINT box_a UNIQUE (a));
CREATE INDEX box_both ON box (a, b);
