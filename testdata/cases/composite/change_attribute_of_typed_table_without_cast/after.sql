CREATE TYPE address AS (street text, number integer, place text COLLATE "C");
CREATE TABLE home OF address (PRIMARY KEY (number));
CREATE VIEW doors AS SELECT number FROM home;
