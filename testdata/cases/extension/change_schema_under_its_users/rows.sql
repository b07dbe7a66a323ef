INSERT INTO people VALUES (1, 'Ann', '{ann}', 'ann@example.org');
