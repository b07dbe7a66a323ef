-- columns go over from one domain to another, and what both are made of is exchanged along: the conversion of each is
-- between the two as they were, or between their successors
CREATE DOMAIN amount AS integer;
CREATE DOMAIN price AS amount CHECK (VALUE < 1000);
CREATE DOMAIN fee AS amount;
CREATE DOMAIN gone AS amount;
CREATE TYPE mood AS ENUM ('sad', 'fair', 'glad');
CREATE DOMAIN temper AS mood;
CREATE TYPE pair AS (a integer, b text);
CREATE DOMAIN couple AS pair;

CREATE TABLE books (
  id integer PRIMARY KEY,
  cost price DEFAULT 3,
  rent amount,
  cut fee[],
  tax gone,
  net amount,
  feel temper DEFAULT 'sad',
  two couple
);
CREATE INDEX books_cost ON books (cost);
CREATE TABLE novels (pages integer) INHERITS (books);
CREATE VIEW costs AS SELECT id, cost, tax, two FROM books;

CREATE DOMAIN checked AS integer;
CREATE DOMAIN upon AS checked CHECK (VALUE < 100);
CREATE TABLE lists (a upon[], b checked[]);
