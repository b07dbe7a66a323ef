-- a table below two that are named, and one that is named twice, are members once
CREATE TABLE orders (id integer);
CREATE TABLE payments (id integer);
CREATE TABLE paid_orders () INHERITS (orders, payments);
CREATE PUBLICATION money FOR TABLE orders, payments, orders;
