CREATE TABLE old_t (id integer, nam text, gone date);
ALTER TABLE old_t RENAME TO t;
ALTER TABLE t RENAME COLUMN nam TO name;
ALTER TABLE t DROP COLUMN gone, ALTER COLUMN id TYPE bigint, ALTER COLUMN name TYPE character varying(50);
ALTER TABLE t ADD PRIMARY KEY (id), ALTER name SET DEFAULT 'n';
CREATE INDEX x ON t (name);
ALTER INDEX x RENAME TO t_name_idx;
CREATE TABLE never (id integer);
DROP TABLE never;
