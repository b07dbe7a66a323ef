INSERT INTO shop.invoice (state) VALUES ('open'), ('paid');
