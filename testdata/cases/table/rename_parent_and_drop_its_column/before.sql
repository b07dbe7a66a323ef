CREATE TABLE parent (a integer, b text, CONSTRAINT low CHECK (a < 9));
CREATE TABLE child (c text NOT NULL) INHERITS (parent);
