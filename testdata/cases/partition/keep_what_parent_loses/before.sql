CREATE TABLE reading (station integer NOT NULL, grade integer NOT NULL, CONSTRAINT sane CHECK (grade > 0)) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (2) PARTITION BY LIST (station);
CREATE TABLE reading_south_2 PARTITION OF reading_south FOR VALUES IN (2);
