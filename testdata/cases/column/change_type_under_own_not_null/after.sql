CREATE TABLE notes (id bigint, line text);
CREATE TABLE essays () INHERITS (notes);
CREATE TABLE long_essays () INHERITS (essays);
ALTER TABLE essays ALTER id SET STATISTICS 10;
ALTER TABLE long_essays ALTER id SET NOT NULL;

CREATE TABLE logs (id integer, line text NOT NULL) PARTITION BY LIST (id);
CREATE TABLE logs_rest PARTITION OF logs DEFAULT;
