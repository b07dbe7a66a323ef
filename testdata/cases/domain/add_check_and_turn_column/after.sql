CREATE DOMAIN grade AS integer CHECK (VALUE BETWEEN 1 AND 6);
CREATE TABLE exam (id integer PRIMARY KEY, result grade[]);
