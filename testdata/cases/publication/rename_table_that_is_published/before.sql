CREATE SCHEMA app;
CREATE TABLE app.orders (id integer NOT NULL, note text);
CREATE TABLE items (id integer);
CREATE PUBLICATION whole FOR TABLE app.orders, items;
CREATE PUBLICATION part FOR TABLE app.orders (id) WHERE (id > 3) WITH (publish = 'insert');
CREATE PUBLICATION by_schema FOR TABLES IN SCHEMA app;
