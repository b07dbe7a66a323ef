CREATE SUBSCRIPTION s CONNECTION 'dbname=elsewhere' PUBLICATION a, b WITH (connect = false, enabled = false, create_slot = false, binary = true);
