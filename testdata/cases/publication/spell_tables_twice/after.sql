CREATE TABLE orders (id integer);
CREATE TABLE payments (id integer);
CREATE TABLE paid_orders () INHERITS (orders, payments);
CREATE PUBLICATION money FOR TABLE ONLY orders, ONLY payments, ONLY paid_orders;
