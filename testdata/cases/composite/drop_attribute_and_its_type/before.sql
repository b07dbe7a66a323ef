CREATE DOMAIN isbn AS text CHECK (length(VALUE) = 13);
CREATE TYPE page AS (n integer);
CREATE TYPE source AS (book isbn, place integer, page page);
CREATE TYPE note AS (source source, words text);
CREATE TABLE notes (id bigint PRIMARY KEY, note note, others source[]);
