CREATE TABLE author (id integer NOT NULL, name text, born date);
CREATE TABLE book (id integer PRIMARY KEY, author_id integer);
CREATE VIEW counted AS SELECT id, count(name) AS n FROM author GROUP BY id;
CREATE VIEW grouped_whole AS SELECT id, name FROM author GROUP BY id, name;
