CREATE TABLE parent (a text);
CREATE TABLE child () INHERITS (parent);
