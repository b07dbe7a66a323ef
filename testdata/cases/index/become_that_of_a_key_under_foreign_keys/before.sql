CREATE TABLE station (code text NOT NULL, name text);
CREATE UNIQUE INDEX station_by_code ON station (code);
CREATE TABLE stop (line integer, at text REFERENCES station (code), next text REFERENCES station (code));
