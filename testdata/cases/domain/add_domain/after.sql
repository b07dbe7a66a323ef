CREATE TABLE t (id integer);
CREATE DOMAIN mail AS varchar(200) COLLATE "C" DEFAULT 'none@x' NOT NULL CONSTRAINT at_sign CHECK (VALUE LIKE '%@%') CHECK (length(VALUE) > 3);
