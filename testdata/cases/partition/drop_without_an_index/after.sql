CREATE TABLE events (day integer NOT NULL, what text) PARTITION BY RANGE (day);
CREATE TABLE events_left (day integer NOT NULL, what text);
CREATE INDEX events_day ON ONLY events (day);
