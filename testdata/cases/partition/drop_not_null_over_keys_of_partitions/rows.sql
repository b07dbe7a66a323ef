INSERT INTO events VALUES (1, 'north', 'a'), (1, 'south', 'b'), (2, 'south', 'c');
INSERT INTO remarks VALUES (1);
