CREATE TABLE a (id integer, v text);
CREATE VIEW merged AS SELECT id, v FROM a;
CREATE VIEW report AS SELECT count(*) AS n FROM merged;
