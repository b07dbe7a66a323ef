CREATE TYPE address AS (street text, number text, place text);
CREATE TABLE home OF address (PRIMARY KEY (number));
CREATE VIEW doors AS SELECT number FROM home;
