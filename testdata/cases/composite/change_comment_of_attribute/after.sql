CREATE TYPE place AS (lat numeric, lon numeric);
COMMENT ON COLUMN place.lat IS 'north';
COMMENT ON TYPE place IS 'on earth';
