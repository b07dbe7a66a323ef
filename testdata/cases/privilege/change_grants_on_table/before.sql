CREATE TABLE t (id integer, v text);
GRANT SELECT, INSERT, UPDATE ON t TO app_writer;
