CREATE TABLE station (id integer PRIMARY KEY);
CREATE TABLE reading (id integer, station integer REFERENCES station, grade integer NOT NULL, CONSTRAINT sane CHECK (grade > 0), UNIQUE (id)) PARTITION BY LIST (id);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (2);
CREATE TABLE reading_east PARTITION OF reading FOR VALUES IN (3);
