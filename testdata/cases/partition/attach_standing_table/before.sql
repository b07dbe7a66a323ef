CREATE TABLE event (id bigint NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE event_a (id bigint NOT NULL, day date NOT NULL);
