CREATE TYPE measure AS (amount bigint, unit text, taken date);
CREATE TABLE reading (id integer PRIMARY KEY, last measure, all_of_them measure[]);
CREATE TABLE sample OF measure (amount DEFAULT 4, CHECK (amount > 3));
CREATE INDEX sample_amount ON sample (amount);
CREATE VIEW units AS SELECT unit, amount FROM sample;
