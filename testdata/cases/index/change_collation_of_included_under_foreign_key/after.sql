CREATE TABLE shelf (room integer, label text COLLATE "C", UNIQUE (room) INCLUDE (label));
CREATE TABLE place (number integer, name varchar(40)) PARTITION BY LIST (number);
CREATE TABLE place_one PARTITION OF place FOR VALUES IN (1);
CREATE UNIQUE INDEX place_number ON place (number) INCLUDE (name);
CREATE TABLE book (room integer REFERENCES shelf (room), place integer REFERENCES place (number) ON DELETE CASCADE);
