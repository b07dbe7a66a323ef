CREATE SCHEMA maps;
CREATE EXTENSION cube WITH SCHEMA maps;
CREATE EXTENSION earthdistance WITH SCHEMA maps;
CREATE TABLE town (name text, place maps.earth);
