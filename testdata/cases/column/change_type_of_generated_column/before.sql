CREATE TABLE parcel (
  height integer,
  width integer,
  area integer GENERATED ALWAYS AS (height * width) STORED,
  label text GENERATED ALWAYS AS ('' || 'x') STORED
);
CREATE INDEX parcel_area ON parcel (area);
COMMENT ON COLUMN parcel.label IS 'what is printed';
