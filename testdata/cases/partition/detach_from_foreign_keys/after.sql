CREATE TABLE station (id integer PRIMARY KEY);
CREATE TABLE reading (id integer, station integer REFERENCES station, grade integer NOT NULL, CONSTRAINT sane CHECK (grade > 0), UNIQUE (id)) PARTITION BY LIST (id);
CREATE TABLE reading_north (id integer, station integer, grade integer);
CREATE TABLE reading_south (id integer, station integer CONSTRAINT reading_station_fkey REFERENCES station, grade integer NOT NULL, CONSTRAINT sane CHECK (grade > 0), UNIQUE (id));
CREATE TABLE reading_east PARTITION OF reading FOR VALUES IN (3);
