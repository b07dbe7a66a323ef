CREATE TABLE a (id integer, v text);
CREATE VIEW report AS SELECT count(*) AS n FROM a;
CREATE TABLE merged (id integer, v text);
