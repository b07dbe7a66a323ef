CREATE TABLE t (id integer, v text);
GRANT SELECT, DELETE ON t TO app_writer WITH GRANT OPTION;
