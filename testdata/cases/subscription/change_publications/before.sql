CREATE SUBSCRIPTION s CONNECTION 'dbname=elsewhere' PUBLICATION books, authors WITH (connect = false);
