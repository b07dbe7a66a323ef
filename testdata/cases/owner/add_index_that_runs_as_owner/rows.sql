INSERT INTO message VALUES (1, 'Hello');
