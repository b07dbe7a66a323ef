CREATE TABLE seat (id integer, name text, half integer, was text);
CREATE VIEW names AS SELECT id, name FROM seat;
