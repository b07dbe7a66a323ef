CREATE DOMAIN grade AS integer;
CREATE TABLE exam (id integer PRIMARY KEY, result grade);
