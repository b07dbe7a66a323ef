CREATE TABLE notes (id integer, written text, pages bigint);
CREATE TABLE essays () INHERITS (notes);
ALTER TABLE notes ALTER written SET STORAGE EXTERNAL;

CREATE TABLE logs (id integer, line varchar(90)) PARTITION BY LIST (id);
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
ALTER TABLE logs ALTER line SET STORAGE MAIN;
