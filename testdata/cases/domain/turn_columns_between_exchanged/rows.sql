INSERT INTO books VALUES (1, 5, 6, '{7}', 8, 9, 'fair', ROW(1, 'x')), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO novels VALUES (3, 5, 6, '{7,NULL}', 8, 9, 'glad', ROW(NULL, 'y'), 100);
INSERT INTO lists VALUES ('{1,2}', '{3,NULL}');
