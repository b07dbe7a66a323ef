CREATE TABLE t (a integer);
GRANT SELECT ON t TO app_reader;
