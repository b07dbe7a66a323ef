INSERT INTO old_shop.shirt VALUES (1, 'm');
