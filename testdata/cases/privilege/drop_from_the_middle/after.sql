CREATE TABLE t (id integer);
GRANT SELECT ON t TO app_reader;
GRANT UPDATE (id) ON t TO app_writer;
GRANT SELECT ON t TO app_writer;
