CREATE TABLE old_parent (a integer, b text);
CREATE TABLE new_parent (c bigint, CONSTRAINT low CHECK (c < 9));
CREATE TABLE leaves (b text);
CREATE TABLE moves (b text, c bigint, CONSTRAINT low CHECK (c < 9)) INHERITS (new_parent);
CREATE TABLE joins (c bigint, d date, CONSTRAINT low CHECK (c < 9)) INHERITS (new_parent);
