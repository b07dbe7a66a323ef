CREATE SCHEMA shop;
CREATE TABLE books (id integer PRIMARY KEY, title text, price numeric);
CREATE TABLE authors (id integer PRIMARY KEY, name text);
CREATE PUBLICATION feed FOR TABLE books (id, title) WHERE (id > 10), authors;
