CREATE TABLE a (id integer PRIMARY KEY UNIQUE, v text UNIQUE, UNIQUE (v), CONSTRAINT a_named UNIQUE (v));
CREATE TABLE b (id integer);
