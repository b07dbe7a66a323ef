INSERT INTO customer VALUES (1, 'x');
