CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (x e[], y e);
CREATE INDEX ON t (y);
CREATE INDEX ON t USING gin (x);
