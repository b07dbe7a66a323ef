CREATE TABLE base (id integer);
CREATE TABLE abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk (id serial PRIMARY KEY, v text UNIQUE);
CREATE SCHEMA "äääääääääääääääääääääääääääääää1";
