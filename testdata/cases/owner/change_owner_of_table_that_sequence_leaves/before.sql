CREATE TABLE t (id serial, other integer);
ALTER TABLE t OWNER TO app_owner;
GRANT USAGE ON SEQUENCE t_id_seq TO app_writer, app_reader;
CREATE TABLE u (id serial, other integer);
ALTER TABLE u OWNER TO app_owner;
GRANT USAGE ON SEQUENCE u_id_seq TO app_writer, app_reader;
CREATE TABLE w (id serial, other integer);
ALTER TABLE w OWNER TO app_owner;
GRANT USAGE ON SEQUENCE w_id_seq TO app_writer, app_reader;
