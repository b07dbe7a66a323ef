CREATE TABLE other ();
CREATE TABLE twice (b int DEFAULT 42, c int GENERATED ALWAYS AS (a * 2) STORED, a int CHECK (a > 0));
CREATE TABLE own (a int NOT NULL, b bool GENERATED ALWAYS AS (tableoid IS NULL) STORED, c regclass GENERATED ALWAYS AS (tableoid) STORED);
