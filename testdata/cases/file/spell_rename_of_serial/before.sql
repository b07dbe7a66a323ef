CREATE TABLE part (number integer);
CREATE SEQUENCE part_old_seq AS integer;
CREATE TABLE shelf (room integer, place integer NOT NULL DEFAULT nextval('part_old_seq'));
ALTER SEQUENCE part_old_seq OWNED BY shelf.place;
CREATE TABLE high_shelf () INHERITS (shelf);
