CREATE TABLE part (number integer);
CREATE TABLE shelf (room integer);
CREATE TABLE high_shelf () INHERITS (shelf);
ALTER TABLE shelf ADD COLUMN part serial;
ALTER TABLE shelf RENAME COLUMN part TO place;
ALTER SEQUENCE shelf_part_seq RENAME TO part_old_seq;
