CREATE TYPE measure AS (amount integer, unit text, note text);
CREATE TABLE reading (id integer PRIMARY KEY, last measure, all_of_them measure[]);
CREATE TABLE sample OF measure (amount DEFAULT 4, CHECK (amount > 2));
CREATE INDEX sample_amount ON sample (amount);
CREATE VIEW units AS SELECT unit, amount FROM sample;
