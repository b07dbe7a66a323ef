CREATE TYPE ct AS (a integer, b text, c text, d integer);
CREATE TABLE t OF ct (b DEFAULT 'x', c NOT NULL, d CHECK (d > 0), UNIQUE (c));
CREATE TABLE u OF ct (a DEFAULT 1, b PRIMARY KEY, d DEFAULT 4 NOT NULL);
COMMENT ON COLUMN t.b IS 'of the table';
