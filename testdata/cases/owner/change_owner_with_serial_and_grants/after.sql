CREATE TABLE t (id serial PRIMARY KEY, a integer);
GRANT SELECT ON t TO app_reader;
ALTER TABLE t OWNER TO app_owner;
