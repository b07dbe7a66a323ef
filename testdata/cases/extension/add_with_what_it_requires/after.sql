CREATE EXTENSION earthdistance CASCADE;
CREATE TABLE town (name text, place earth, around cube);
