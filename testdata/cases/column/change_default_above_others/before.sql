CREATE TABLE base (id integer, label text DEFAULT 'a' NOT NULL);
CREATE TABLE middle (n integer) INHERITS (base);
CREATE TABLE leaf () INHERITS (middle, base);
ALTER TABLE middle ALTER COLUMN label SET DEFAULT 'b';
CREATE TABLE log (id integer, kind text DEFAULT 'x') PARTITION BY LIST (id);
CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
ALTER TABLE ONLY log ALTER COLUMN kind SET DEFAULT 'y';
