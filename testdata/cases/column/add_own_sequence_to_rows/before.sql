CREATE SEQUENCE numbers START WITH 100;
CREATE TABLE orders (item text);
CREATE TABLE bills (item text);
