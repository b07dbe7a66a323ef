CREATE TABLE a (x integer, y integer
);
CREATE TABLE b (y integer
);
