CREATE TABLE event (id integer NOT NULL, day date NOT NULL, n integer) PARTITION BY RANGE (day);
CREATE TABLE event_a PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX event_n_idx ON event (n);
