CREATE DOMAIN shelf AS integer CHECK (VALUE > 0);
CREATE TYPE mark AS (since date);
CREATE TYPE source AS (mark mark, place integer, shelf shelf);
CREATE TYPE note AS (source source, words text);
CREATE TABLE notes (id bigint PRIMARY KEY, note note, others source[]);
