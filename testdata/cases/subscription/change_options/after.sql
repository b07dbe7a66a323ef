CREATE SUBSCRIPTION s CONNECTION 'dbname=elsewhere' PUBLICATION books
  WITH (connect = false, binary = on, streaming = true, synchronous_commit = 'local', disable_on_error);
