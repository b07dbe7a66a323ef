INSERT INTO paths VALUES (1, ROW(1, 2), ARRAY[ROW(3, 4)::place]);
