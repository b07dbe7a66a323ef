CREATE EXTENSION citext;
CREATE TABLE t (mail citext, id integer, CHECK (mail <> 'nobody'));
CREATE INDEX i ON t (id) WHERE mail = 'a';
CREATE VIEW v AS SELECT id FROM t WHERE mail = 'b' OR mail LIKE 'c%';
