CREATE TYPE status AS ENUM ('open', 'shut');
CREATE SEQUENCE numbers;
CREATE FUNCTION above_zero(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE item (
    id integer DEFAULT nextval('numbers') PRIMARY KEY,
    name text,
    cost integer,
    states status[] DEFAULT '{open}',
    doubled integer GENERATED ALWAYS AS (cost * 2) STORED,
    CONSTRAINT product_price CHECK (above_zero(cost) AND cost < 1000),
    CONSTRAINT product_label UNIQUE (name)
);
CREATE TABLE sale (product_label text REFERENCES item (name), price integer);
CREATE INDEX product_lower ON item (lower(name), cost) WHERE cost > 3;
CREATE POLICY cheap ON item USING (cost < 10);
CREATE STATISTICS product_both ON name, cost FROM item;
CREATE VIEW cheap_product AS SELECT id, name, cost FROM item WHERE item.cost < 10;
CREATE VIEW sold AS SELECT s.price, p.name FROM sale s JOIN item p ON p.name = s.product_label;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER touched BEFORE UPDATE OF cost ON item FOR EACH ROW WHEN (old.cost <> new.cost) EXECUTE FUNCTION touch();
ALTER TYPE status RENAME TO state;
ALTER SEQUENCE numbers RENAME TO counter;
ALTER FUNCTION above_zero(integer) RENAME TO positive;
ALTER TABLE item RENAME COLUMN cost TO price;
ALTER TABLE item RENAME name TO label;
ALTER TABLE item RENAME TO product;
ALTER INDEX item_pkey RENAME TO product_pkey;
