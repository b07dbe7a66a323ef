INSERT INTO word SELECT 'word ' || n FROM generate_series(1, 10) n;
