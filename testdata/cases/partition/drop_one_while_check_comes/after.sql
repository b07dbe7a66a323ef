CREATE TABLE devices (id integer NOT NULL PRIMARY KEY);
CREATE TABLE readings (
  day integer NOT NULL,
  device integer CONSTRAINT of_device REFERENCES devices ON DELETE CASCADE,
  CONSTRAINT day_known CHECK (day < 1000)
) PARTITION BY RANGE (day);
CREATE TABLE readings_new PARTITION OF readings FOR VALUES FROM (10) TO (20);
