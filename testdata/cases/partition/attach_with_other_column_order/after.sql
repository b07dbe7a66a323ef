CREATE TABLE event (id bigint NOT NULL, day date NOT NULL, v text) PARTITION BY RANGE (day);
CREATE TABLE event_a (v text, day date NOT NULL, id bigint NOT NULL);
ALTER TABLE ONLY event ATTACH PARTITION event_a FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
