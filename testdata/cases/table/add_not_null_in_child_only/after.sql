CREATE TABLE parent (id integer, v text);
CREATE TABLE child (extra date) INHERITS (parent);
ALTER TABLE ONLY child ALTER COLUMN v SET NOT NULL;
