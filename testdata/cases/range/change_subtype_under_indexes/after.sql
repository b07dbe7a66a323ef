CREATE TYPE span AS RANGE (SUBTYPE = bigint);
CREATE TABLE loan (days span NOT NULL, pauses span[], EXCLUDE USING gist (days WITH &&));
CREATE INDEX loan_days ON loan USING spgist (days);
CREATE UNIQUE INDEX loan_days_once ON loan (days range_ops DESC) INCLUDE (pauses);
CREATE INDEX loan_pauses ON loan USING gin (pauses);
COMMENT ON INDEX loan_pauses IS 'who pauses when';
ALTER TABLE loan CLUSTER ON loan_days_once;
ALTER TABLE loan REPLICA IDENTITY USING INDEX loan_days_once;
