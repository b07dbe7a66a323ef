INSERT INTO rooms VALUES (1, 8, '{2,3}'), (2, 9, NULL);
INSERT INTO readers VALUES (2);
