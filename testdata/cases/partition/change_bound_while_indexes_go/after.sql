CREATE TABLE events (day integer NOT NULL, what text DEFAULT 'x', UNIQUE (day, what)) PARTITION BY RANGE (day);
CREATE UNLOGGED TABLE events_old PARTITION OF events (CONSTRAINT own CHECK (day > 0)) FOR VALUES FROM (1) TO (10);

CREATE TABLE logs (day integer NOT NULL PRIMARY KEY, what text NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE logs_old PARTITION OF logs FOR VALUES FROM (1) TO (10);
CREATE INDEX own_what ON logs_old (what);
