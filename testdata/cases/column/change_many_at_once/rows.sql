INSERT INTO t VALUES (1, 'x', 2, '2020-01-01', 'd');
