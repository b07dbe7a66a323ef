INSERT INTO t (id, a, b, d) VALUES (1, 2, 3, 4);
