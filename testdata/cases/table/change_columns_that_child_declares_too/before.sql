CREATE TABLE parent (a integer, gone text);
CREATE TABLE child (gone text, own date) INHERITS (parent);
