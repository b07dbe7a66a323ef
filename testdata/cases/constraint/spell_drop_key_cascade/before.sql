CREATE TABLE author (id integer PRIMARY KEY, name text, born date);
CREATE TABLE book (id integer PRIMARY KEY, author_id integer REFERENCES author);
CREATE VIEW full_authors AS SELECT a.id, a.name, count(b.id) AS books
  FROM author a LEFT JOIN book b ON b.author_id = a.id GROUP BY a.id;
CREATE VIEW counted AS SELECT id, count(name) AS n FROM author GROUP BY id;
CREATE VIEW grouped_whole AS SELECT id, name FROM author GROUP BY id, name;
ALTER TABLE author DROP CONSTRAINT author_pkey CASCADE;
