CREATE TABLE books (id integer PRIMARY KEY, title text);
CREATE PUBLICATION feed FOR TABLE books;
