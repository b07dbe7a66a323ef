-- the type comes down to the tables below, while storage and statistics targets are each table's own
CREATE TABLE notes (id integer, written timestamptz, pages integer);
CREATE TABLE essays () INHERITS (notes);
ALTER TABLE notes ALTER pages SET STATISTICS 100;

CREATE TABLE logs (id integer, line text) PARTITION BY LIST (id);
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
