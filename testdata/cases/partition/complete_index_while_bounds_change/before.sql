-- attaching a partition gives it an index for that of the table alone, before the plan would make it
CREATE TABLE songs (year integer NOT NULL, title text) PARTITION BY RANGE (year);
CREATE TABLE songs_old PARTITION OF songs FOR VALUES FROM (1900) TO (1950);
CREATE TABLE songs_new PARTITION OF songs FOR VALUES FROM (1950) TO (2000);
CREATE INDEX songs_title ON ONLY songs (title);
