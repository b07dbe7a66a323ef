INSERT INTO grandchild (id, extra) VALUES (1, '2020-01-01');
