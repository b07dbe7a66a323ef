CREATE TABLE orders (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (10);
CREATE TABLE lines (order_id integer);
CREATE TABLE notes (order_id integer, other_id integer) PARTITION BY RANGE (order_id);
CREATE TABLE notes_1 PARTITION OF notes FOR VALUES FROM (0) TO (10);
CREATE TABLE notes_2 PARTITION OF notes FOR VALUES FROM (10) TO (20);
