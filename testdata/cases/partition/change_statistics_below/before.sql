CREATE TABLE events (day date NOT NULL, note text) PARTITION BY RANGE (day);
CREATE TABLE events_of_may PARTITION OF events FOR VALUES FROM ('2024-05-01') TO ('2024-06-01');
CREATE INDEX notes ON events (lower(note));
