CREATE TABLE base (id integer);
CREATE VIEW x AS SELECT id FROM base;
