CREATE TABLE shelf (id int);
CREATE TABLE locked_shelf (door int) INHERITS (shelf);
CREATE TABLE glass_shelf () INHERITS (locked_shelf);
