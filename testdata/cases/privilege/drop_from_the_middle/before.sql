CREATE TABLE t (id integer);
GRANT SELECT ON t TO app_reader;
GRANT INSERT ON t TO app_owner;
GRANT UPDATE (id) ON t TO app_writer;
GRANT SELECT, DELETE ON t TO app_writer;
