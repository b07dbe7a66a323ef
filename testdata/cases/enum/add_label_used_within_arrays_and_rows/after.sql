CREATE TYPE state AS ENUM ('new', 'on hold', 'done', 'it''s "odd"');
CREATE TYPE mark AS (state state, at integer);
CREATE TABLE job (
  states state[] DEFAULT '{new,"on hold"}' CHECK (states <> '{"it''s \"odd\""}'),
  mark mark DEFAULT '("on hold",1)'
);
CREATE VIEW open_jobs AS SELECT at FROM (SELECT (mark).state, (mark).at FROM job) m WHERE state = ANY ('{new,"on hold"}');
CREATE FUNCTION jobs(wanted state[] DEFAULT '{"on hold"}') RETURNS integer LANGUAGE sql AS 'SELECT 1';
