CREATE TYPE state AS ENUM ('new', 'done');
CREATE TYPE mark AS (state state, at integer);
CREATE TABLE job (
  states state[] DEFAULT '{new}',
  mark mark DEFAULT '(new,1)'
);
CREATE VIEW open_jobs AS SELECT at FROM (SELECT (mark).state, (mark).at FROM job) m WHERE state = ANY ('{new,done}');
CREATE FUNCTION jobs(wanted state[] DEFAULT '{new}') RETURNS integer LANGUAGE sql AS 'SELECT 1';
