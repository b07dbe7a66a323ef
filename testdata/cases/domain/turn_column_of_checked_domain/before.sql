CREATE DOMAIN mark AS integer CHECK (value > 0);
CREATE TABLE exam (id integer PRIMARY KEY, marks mark[]);
