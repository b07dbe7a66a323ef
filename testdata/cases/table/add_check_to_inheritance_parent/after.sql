CREATE TABLE parent (id integer, v text);
CREATE TABLE child (extra date) INHERITS (parent);
ALTER TABLE parent ADD CONSTRAINT parent_id_check CHECK (id > 0);
