CREATE TYPE address AS (street text, city text);
CREATE TABLE people (id integer PRIMARY KEY, home address);
CREATE VIEW homes AS SELECT id, (home).city AS city FROM people;
