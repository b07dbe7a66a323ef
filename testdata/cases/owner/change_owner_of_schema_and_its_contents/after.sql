CREATE SCHEMA s;
CREATE TABLE s.t (a integer);
ALTER SCHEMA s OWNER TO app_writer;
ALTER TABLE s.t OWNER TO app_writer;
