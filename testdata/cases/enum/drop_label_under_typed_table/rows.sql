INSERT INTO parts VALUES (1, 'b');
INSERT INTO boxes VALUES (ROW(1, 'b'));
