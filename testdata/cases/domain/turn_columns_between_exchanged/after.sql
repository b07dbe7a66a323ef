CREATE DOMAIN amount AS bigint;
CREATE DOMAIN price AS amount CHECK (VALUE < 1000);
CREATE DOMAIN fee AS amount;
CREATE DOMAIN come AS amount;
CREATE TYPE mood AS ENUM ('glad', 'fair', 'sad');
CREATE TYPE pair AS (a bigint, b text);
CREATE DOMAIN couple AS pair;

CREATE TABLE books (
  id integer PRIMARY KEY,
  cost amount DEFAULT 3,
  rent price,
  cut price[],
  tax amount,
  net come,
  feel mood DEFAULT 'sad',
  two pair
);
CREATE INDEX books_cost ON books (cost);
CREATE TABLE novels (pages integer) INHERITS (books);
CREATE VIEW costs AS SELECT id, cost, tax, two FROM books;

CREATE DOMAIN checked AS integer CHECK (VALUE > 0);
CREATE DOMAIN upon AS checked CHECK (VALUE < 100);
CREATE TABLE lists (a checked[], b upon[]);
