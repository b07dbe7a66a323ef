CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id integer, x e DEFAULT 'a' NOT NULL, y e[], CONSTRAINT ck CHECK (x <> 'c' OR id > 0)) ;
CREATE INDEX t_x ON t (x) WHERE x = 'a';
CREATE VIEW v AS SELECT x FROM t WHERE x = 'c';
CREATE TYPE comp AS (k e);
CREATE DOMAIN dom AS e DEFAULT 'a';
CREATE POLICY p ON t USING (x = 'a');
