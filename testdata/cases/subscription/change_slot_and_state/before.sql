CREATE SUBSCRIPTION stopped CONNECTION 'dbname=elsewhere' PUBLICATION books WITH (connect = false, slot_name = NONE);
CREATE SUBSCRIPTION other_slot CONNECTION 'dbname=elsewhere' PUBLICATION books WITH (connect = false, slot_name = one);
