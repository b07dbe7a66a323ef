CREATE TABLE events (day integer NOT NULL, what text) PARTITION BY RANGE (day);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (1) TO (8);
CREATE TABLE events_new PARTITION OF events FOR VALUES FROM (40) TO (50);
CREATE TABLE events_left (day integer NOT NULL, what text);
CREATE TABLE events_kept PARTITION OF events FOR VALUES FROM (10) TO (20);
CREATE INDEX events_day ON ONLY events (day);
CREATE INDEX kept_day ON events_kept (day);
ALTER INDEX events_day ATTACH PARTITION kept_day;
