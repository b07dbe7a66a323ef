-- the type comes down to the tables below, and what these have of their own is said behind it
CREATE TABLE notes (id integer, line text);
CREATE TABLE essays () INHERITS (notes);
CREATE TABLE long_essays () INHERITS (essays);
ALTER TABLE essays ALTER id SET NOT NULL;

CREATE TABLE logs (id integer NOT NULL, line text) PARTITION BY LIST (id);
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
ALTER TABLE logs_rest ALTER line SET STATISTICS 50;
