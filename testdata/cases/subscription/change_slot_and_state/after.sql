CREATE SUBSCRIPTION stopped CONNECTION 'dbname=elsewhere' PUBLICATION books WITH (connect = false, slot_name = one);
ALTER SUBSCRIPTION stopped ENABLE;
CREATE SUBSCRIPTION other_slot CONNECTION 'dbname=elsewhere' PUBLICATION books WITH (connect = false, slot_name = two);
