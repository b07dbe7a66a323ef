INSERT INTO orders VALUES ('pen'), ('ink');
INSERT INTO bills VALUES ('pen');
