CREATE TYPE e AS ENUM ('a', 'b');
CREATE DOMAIN d AS text;
CREATE TABLE t (x e, y d, CHECK (x <> 'a'), CHECK (y IN ('p', 'q')), CHECK (x = 'b' OR y LIKE 'p%'));
