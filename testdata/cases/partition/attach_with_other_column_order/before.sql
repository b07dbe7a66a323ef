CREATE TABLE event (id bigint NOT NULL, day date NOT NULL, v text) PARTITION BY RANGE (day);
CREATE TABLE event_a (v text, day date NOT NULL, id bigint NOT NULL);
