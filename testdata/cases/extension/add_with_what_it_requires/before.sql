CREATE TABLE town (name text);
