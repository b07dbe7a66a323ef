-- a partition without an index of its table's own, which attaching it would give it: that is off meanwhile, on the way
-- back too where a partition comes back
CREATE TABLE events (day integer NOT NULL, what text) PARTITION BY RANGE (day);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (1) TO (10);
CREATE TABLE events_gone PARTITION OF events FOR VALUES FROM (20) TO (30);
CREATE TABLE events_left PARTITION OF events FOR VALUES FROM (30) TO (40);
CREATE TABLE events_kept PARTITION OF events FOR VALUES FROM (10) TO (20);
CREATE INDEX events_day ON ONLY events (day);
CREATE INDEX kept_day ON events_kept (day);
ALTER INDEX events_day ATTACH PARTITION kept_day;
