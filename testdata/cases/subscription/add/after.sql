CREATE TABLE t (id integer PRIMARY KEY);
CREATE SUBSCRIPTION plain CONNECTION 'dbname=elsewhere' PUBLICATION books WITH (connect = false);
CREATE SUBSCRIPTION "All of it" CONNECTION 'host=/nowhere dbname=elsewhere application_name=''a b''' PUBLICATION books, "More"
  WITH (connect = false, slot_name = NONE, binary = true, streaming = on, synchronous_commit = remote_apply,
        two_phase = true, disable_on_error = true);
COMMENT ON SUBSCRIPTION "All of it" IS 'all';
