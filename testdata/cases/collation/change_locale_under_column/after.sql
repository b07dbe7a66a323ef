CREATE COLLATION mine (provider = libc, locale = 'POSIX');
CREATE TABLE t (a text);
CREATE INDEX ON t (a COLLATE mine);
