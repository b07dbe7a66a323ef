CREATE TABLE orders (id integer PRIMARY KEY, amount integer, note text);
CREATE PUBLICATION feed FOR TABLE orders (id, amount);
