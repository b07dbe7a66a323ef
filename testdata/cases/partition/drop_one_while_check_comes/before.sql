-- a partition that comes back does so while the check of its table is gone again
CREATE TABLE devices (id integer NOT NULL PRIMARY KEY);
CREATE TABLE readings (
  day integer NOT NULL PRIMARY KEY,
  device integer CONSTRAINT of_device REFERENCES devices
) PARTITION BY RANGE (day);
CREATE TABLE readings_old PARTITION OF readings FOR VALUES FROM (0) TO (10);
CREATE TABLE readings_new PARTITION OF readings FOR VALUES FROM (10) TO (20);
