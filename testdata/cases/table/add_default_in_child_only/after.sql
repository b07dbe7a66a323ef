CREATE TABLE parent (id integer, v text DEFAULT 'p');
CREATE TABLE child (extra date) INHERITS (parent);
ALTER TABLE child ALTER COLUMN v SET DEFAULT 'c';
