CREATE TABLE a (id integer);
CREATE TABLE b (id integer, v text) USING heap;
