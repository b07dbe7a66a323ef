INSERT INTO t VALUES ('a', 'b'), ('B', 'A');
