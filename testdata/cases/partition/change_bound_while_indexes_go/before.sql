-- while a partition is away, an index of its table goes: with the partition's, which outlasts what happens to the
-- partition meanwhile, or without it, where that is to stay
CREATE TABLE events (day integer, what text) PARTITION BY RANGE (day);
CREATE TABLE events_old PARTITION OF events FOR VALUES FROM (1) TO (9);
CREATE INDEX events_what ON events (lower(what)) WHERE day > 5;

CREATE TABLE logs (day integer NOT NULL PRIMARY KEY, what text) PARTITION BY RANGE (day);
CREATE TABLE logs_old PARTITION OF logs FOR VALUES FROM (1) TO (9);
CREATE INDEX logs_what ON logs (what);
