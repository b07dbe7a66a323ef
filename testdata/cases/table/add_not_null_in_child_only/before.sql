CREATE TABLE parent (id integer, v text);
CREATE TABLE child (extra date) INHERITS (parent);
