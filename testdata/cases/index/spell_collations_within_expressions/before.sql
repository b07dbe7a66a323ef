CREATE TABLE t (a integer, c text, d text COLLATE "C");
CREATE INDEX i ON t ((a IS NULL), c COLLATE "C");
CREATE INDEX j ON t (lower(c) COLLATE "POSIX", (c || c) COLLATE "C");
CREATE INDEX k ON t (d COLLATE "default");
