CREATE TABLE parent (id integer NOT NULL DEFAULT 7, v text, CHECK (id > 0));
CREATE TABLE other (w integer);
