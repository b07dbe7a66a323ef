CREATE SCHEMA port;
CREATE SEQUENCE port.numbers;
CREATE TABLE port.ship (id int DEFAULT nextval('port.numbers'), name text);
CREATE VIEW port.ships AS SELECT name FROM port.ship;
CREATE INDEX ship_names ON port.ship (name);
GRANT SELECT ON port.ships TO PUBLIC;
