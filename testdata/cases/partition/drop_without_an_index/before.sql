-- the index of the table alone is no partition's, and would come with one that comes back
CREATE TABLE events (day integer NOT NULL, what text) PARTITION BY RANGE (day);
CREATE TABLE events_gone PARTITION OF events FOR VALUES FROM (20) TO (30);
CREATE TABLE events_left PARTITION OF events FOR VALUES FROM (30) TO (40);
CREATE INDEX events_day ON ONLY events (day);
