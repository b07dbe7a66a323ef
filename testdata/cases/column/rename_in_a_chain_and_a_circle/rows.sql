INSERT INTO chain VALUES (1, 2);
INSERT INTO circle VALUES (1, 'x');
INSERT INTO two VALUES (2, 'two');
