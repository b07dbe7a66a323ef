CREATE TABLE event (id bigint NOT NULL, day date NOT NULL, CONSTRAINT pk PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE event_a (id bigint NOT NULL, day date NOT NULL, CONSTRAINT event_a_pkey PRIMARY KEY (id, day));
ALTER TABLE ONLY event ATTACH PARTITION event_a FOR VALUES FROM ('2024-01-01') TO (date '2025-01-01');
