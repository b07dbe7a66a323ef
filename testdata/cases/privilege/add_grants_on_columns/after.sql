CREATE TABLE t (id integer, v text, w text);
GRANT INSERT (id) ON t TO app_writer;
GRANT SELECT (id, v), UPDATE (v) ON t TO app_reader;
