CREATE COLLATION mine (provider = libc, locale = 'C');
CREATE TABLE t (a text);
CREATE INDEX ON t (a COLLATE mine);
