CREATE TABLE IF NOT EXISTS t (id int4, v pg_catalog.text);
CREATE TABLE IF NOT EXISTS t (other date);
