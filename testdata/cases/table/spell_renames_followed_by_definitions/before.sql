CREATE TYPE state AS ENUM ('open', 'shut');
CREATE SEQUENCE counter;
CREATE FUNCTION positive(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE product (
    id integer DEFAULT nextval('counter') PRIMARY KEY,
    label text,
    price integer,
    states state[] DEFAULT '{open}',
    doubled integer GENERATED ALWAYS AS (price * 2) STORED,
    CONSTRAINT product_price CHECK (positive(price) AND price < 1000),
    CONSTRAINT product_label UNIQUE (label)
);
CREATE TABLE sale (product_label text REFERENCES product (label), price integer);
CREATE INDEX product_lower ON product (lower(label), price) WHERE price > 3;
CREATE POLICY cheap ON product USING (price < 10);
CREATE STATISTICS product_both ON label, price FROM product;
CREATE VIEW cheap_product AS SELECT product.id, product.label AS name, product.price AS cost FROM product WHERE product.price < 10;
CREATE VIEW sold AS SELECT s.price, p.label AS name FROM sale s JOIN product p ON p.label = s.product_label;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE OF price ON product FOR EACH ROW WHEN (old.price <> new.price) EXECUTE FUNCTION touch();
