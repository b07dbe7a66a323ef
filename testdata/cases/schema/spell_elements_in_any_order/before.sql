CREATE SCHEMA port
    GRANT SELECT ON ships TO PUBLIC
    CREATE INDEX ship_names ON ship (name)
    CREATE VIEW ships AS SELECT name FROM ship
    CREATE TABLE ship (id int DEFAULT nextval('port.numbers'), name text)
    CREATE SEQUENCE numbers;
