CREATE TABLE station (code text CONSTRAINT station_pkey PRIMARY KEY, name text);
CREATE TABLE stop (line integer, at text REFERENCES station (code), next text, past text REFERENCES station (code));
