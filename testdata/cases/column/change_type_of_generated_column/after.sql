CREATE TABLE parcel (
  height integer,
  width integer,
  area bigint GENERATED ALWAYS AS (height * width) STORED,
  label integer GENERATED ALWAYS AS (1 + 1) STORED
);
CREATE INDEX parcel_area ON parcel (area);
COMMENT ON COLUMN parcel.label IS 'what is printed';
