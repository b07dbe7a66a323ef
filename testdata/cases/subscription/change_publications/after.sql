CREATE SUBSCRIPTION s CONNECTION 'dbname=elsewhere' PUBLICATION "Loans", books WITH (connect = false);
