CREATE TABLE t (a integer, b integer);
ALTER TABLE t OWNER TO app_writer;
GRANT INSERT ON t TO app_owner;
GRANT SELECT (a), UPDATE (b) ON t TO app_owner, app_reader;
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v OWNER TO app_writer;
GRANT SELECT (b) ON v TO app_owner, app_reader;
