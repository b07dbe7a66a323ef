CREATE COLLATION by_number (provider = libc, locale = 'C');
CREATE TYPE state AS ENUM ('new', 'read', 'lost');
CREATE TABLE shelf (room integer, label text COLLATE by_number, UNIQUE (room) INCLUDE (label));
CREATE TABLE copy (number integer, state state, UNIQUE (number) INCLUDE (state));
CREATE TABLE book (room integer REFERENCES shelf (room) ON DELETE SET NULL, number integer REFERENCES copy (number));
COMMENT ON CONSTRAINT book_room_fkey ON book IS 'where it stands';
