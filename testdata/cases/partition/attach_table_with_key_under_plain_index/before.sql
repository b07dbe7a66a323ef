CREATE TABLE reading (sensor integer, at timestamptz, CONSTRAINT sensor_known CHECK (sensor > 0)) PARTITION BY LIST (sensor);
CREATE UNIQUE INDEX one_reading ON ONLY reading (sensor, at);
CREATE INDEX latest ON reading (at);
CREATE TABLE reading_1 (sensor integer NOT NULL, at timestamptz NOT NULL, CONSTRAINT sensor_known CHECK (sensor > 0),
  CONSTRAINT reading_1_key PRIMARY KEY (sensor, at));
CREATE INDEX reading_1_latest ON reading_1 (at DESC NULLS LAST);
