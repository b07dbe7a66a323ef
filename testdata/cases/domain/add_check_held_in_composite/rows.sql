INSERT INTO carts VALUES (1, 6.5, '(soap,1.25)', '{"(salt,2)"}'), (2, NULL, NULL, NULL), (3, 1, '(,)', '{}');
