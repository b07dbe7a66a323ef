INSERT INTO sizes VALUES ('s', 's'), ('m', 's');
INSERT INTO shirts VALUES (1, 'm');
