CREATE TABLE parcel (id integer PRIMARY KEY,
  -- @using 'parcel ' || label
  label varchar(40),
  -- @backfill parcel.grams / 1000.0
  kilos numeric NOT NULL
);
