CREATE TABLE shelf (id int, label text DEFAULT 'none');
CREATE TABLE locked_shelf (door int) INHERITS (shelf);
CREATE TABLE glass_shelf () INHERITS (locked_shelf);
ALTER TABLE ONLY locked_shelf ALTER COLUMN label SET DEFAULT 'locked';
ALTER TABLE ONLY glass_shelf ALTER COLUMN label SET DEFAULT 'locked';
