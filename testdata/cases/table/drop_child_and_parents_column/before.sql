CREATE TABLE parent (a integer NOT NULL DEFAULT 7, b text);
CREATE TABLE child (c integer) INHERITS (parent);
