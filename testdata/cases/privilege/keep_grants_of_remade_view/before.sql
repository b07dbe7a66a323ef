CREATE TABLE t (id integer, v text);
CREATE VIEW w AS SELECT id, v FROM t;
GRANT SELECT ON w TO app_reader;
GRANT UPDATE (v) ON w TO app_writer;
