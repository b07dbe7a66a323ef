CREATE TABLE u (b integer, a integer);
CREATE STATISTICS s (ndistinct) ON a, b, (a + b) FROM u;
