INSERT INTO goods (id, label) VALUES (1, 'one');
INSERT INTO child VALUES (1, 'b');
