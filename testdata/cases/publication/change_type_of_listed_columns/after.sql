CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric(12, 2), note text);
CREATE PUBLICATION feed FOR TABLE orders (id, amount);
