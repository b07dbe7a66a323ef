CREATE SCHEMA app;
-- @renamed from=orders
CREATE TABLE app.purchases (id integer NOT NULL, note text);
CREATE TABLE items (id integer);
CREATE PUBLICATION whole FOR TABLE app.purchases, items;
CREATE PUBLICATION part FOR TABLE app.purchases (id) WHERE (id > 3) WITH (publish = 'insert');
CREATE PUBLICATION by_schema FOR TABLES IN SCHEMA app;
