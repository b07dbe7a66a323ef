CREATE EXTENSION earthdistance CASCADE;
CREATE TABLE town (name text, around cube);
