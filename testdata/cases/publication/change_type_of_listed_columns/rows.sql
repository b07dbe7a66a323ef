INSERT INTO orders VALUES (1, 20, 'first');
