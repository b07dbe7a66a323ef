CREATE COLLATION mine (provider = libc, locale = 'C');
CREATE DOMAIN d AS text COLLATE "C";
CREATE TABLE t (a text);
CREATE INDEX i ON t (a COLLATE "POSIX");
