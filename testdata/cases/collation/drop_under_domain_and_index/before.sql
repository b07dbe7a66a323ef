CREATE COLLATION mine (provider = libc, locale = 'C');
CREATE DOMAIN d AS text COLLATE mine;
CREATE TABLE t (a text);
CREATE INDEX i ON t (a COLLATE mine);
