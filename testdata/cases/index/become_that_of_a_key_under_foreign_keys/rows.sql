INSERT INTO station VALUES ('cph', 'København'), ('mma', 'Malmö');
INSERT INTO stop VALUES (1, 'cph'), (1, 'mma');
