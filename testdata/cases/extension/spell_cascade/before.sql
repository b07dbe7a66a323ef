CREATE SCHEMA maps;
CREATE EXTENSION IF NOT EXISTS earthdistance WITH SCHEMA maps CASCADE;
CREATE TABLE town (name text, place maps.earth);
