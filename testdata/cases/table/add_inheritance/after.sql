CREATE TABLE parent (id integer NOT NULL, v text, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE child (id integer NOT NULL, v text, extra date, CONSTRAINT positive CHECK (id > 0)) INHERITS (parent);
