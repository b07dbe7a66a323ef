CREATE SEQUENCE numbers START WITH 100;
CREATE SEQUENCE labels;
CREATE TABLE orders (item text, id bigint DEFAULT nextval('labels') NOT NULL, number integer DEFAULT nextval('numbers') NOT NULL);
ALTER SEQUENCE labels OWNED BY orders.id;
CREATE TABLE bills (item text, id integer DEFAULT nextval('numbers') NOT NULL);
ALTER SEQUENCE numbers OWNED BY bills.id;
