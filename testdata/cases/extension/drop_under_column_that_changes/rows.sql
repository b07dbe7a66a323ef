INSERT INTO member (id, email) VALUES (1, 'A@example.org');
