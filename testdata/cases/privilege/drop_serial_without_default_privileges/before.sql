ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO app_reader;
CREATE TABLE visits (id serial, who text);
REVOKE ALL ON SEQUENCE visits_id_seq FROM app_reader;
