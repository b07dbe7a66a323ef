CREATE SCHEMA s;
CREATE TABLE s.t (a integer);
ALTER SCHEMA s OWNER TO app_owner;
