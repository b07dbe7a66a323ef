INSERT INTO t (id, d) VALUES (1, 1), (2, 2), (3, 3);
INSERT INTO h SELECT t.id, t FROM t;
INSERT INTO p VALUES (1, 'a'), (2, 'b');
INSERT INTO of_p (b) SELECT p1 FROM p1;
