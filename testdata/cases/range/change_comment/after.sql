CREATE TYPE span AS RANGE (subtype = numeric);
COMMENT ON TYPE span IS 'from here to there';
