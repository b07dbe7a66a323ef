CREATE TABLE songs (year integer NOT NULL, title text) PARTITION BY RANGE (year);
CREATE TABLE songs_old PARTITION OF songs FOR VALUES FROM (1900) TO (1950);
CREATE TABLE songs_new PARTITION OF songs FOR VALUES FROM (1950) TO (2010);
CREATE INDEX songs_title ON songs (title);
