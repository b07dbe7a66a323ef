CREATE SUBSCRIPTION "Orders & more" CONNECTION 'dbname=elsewhere' PUBLICATION orders WITH (connect = false);
