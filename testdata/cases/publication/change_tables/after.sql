CREATE SCHEMA shop;
CREATE TABLE books (id integer PRIMARY KEY, title text, price numeric);
CREATE TABLE authors (id integer PRIMARY KEY, name text);
CREATE TABLE readers (id integer PRIMARY KEY);
CREATE PUBLICATION feed FOR TABLE books (id, price, title) WHERE (id > 20), readers;
CREATE PUBLICATION shop FOR TABLES IN SCHEMA shop;
