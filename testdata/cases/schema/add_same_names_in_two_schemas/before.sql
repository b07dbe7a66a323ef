CREATE SCHEMA one;
CREATE SCHEMA two;
CREATE TABLE one.t (id integer PRIMARY KEY, v text);
CREATE TABLE two.t (id integer PRIMARY KEY, v text);
