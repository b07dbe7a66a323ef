CREATE TABLE reading (sensor integer, value double precision, note text);
