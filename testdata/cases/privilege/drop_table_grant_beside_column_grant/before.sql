CREATE TABLE people (id integer, name text, pay integer);
CREATE VIEW names AS SELECT id, name FROM people;
GRANT SELECT, UPDATE ON people TO app_reader;
GRANT SELECT (id, name) ON people TO app_reader;
GRANT UPDATE (pay) ON people TO app_reader WITH GRANT OPTION;
GRANT SELECT ON names TO app_reader;
GRANT SELECT (id) ON names TO app_reader;
