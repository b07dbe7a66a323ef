CREATE TABLE old_parent (a integer, b text);
CREATE TABLE new_parent (c integer, CONSTRAINT low CHECK (c < 9));
CREATE TABLE leaves (a integer, b text) INHERITS (old_parent);
CREATE TABLE moves (a integer, b text, c integer) INHERITS (old_parent);
CREATE TABLE joins (c integer);
