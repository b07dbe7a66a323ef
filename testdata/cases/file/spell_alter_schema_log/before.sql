CREATE SCHEMA app;
CREATE TABLE app.t (id integer PRIMARY KEY, v text);
CREATE VIEW app.w AS SELECT id, v FROM app.t;
CREATE FUNCTION app.f(a integer) RETURNS integer LANGUAGE sql STABLE COST 5 AS 'SELECT a';
