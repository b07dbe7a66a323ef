CREATE SUBSCRIPTION s CONNECTION 'dbname=elsewhere' PUBLICATION books WITH (connect = false);
