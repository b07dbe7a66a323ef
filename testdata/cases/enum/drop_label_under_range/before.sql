CREATE TYPE level AS ENUM ('low', 'mid', 'high');
CREATE TYPE levels AS RANGE (SUBTYPE = level);
CREATE TYPE span AS RANGE (SUBTYPE = level, MULTIRANGE_TYPE_NAME = "All spans");
CREATE TABLE tests (one level, many levels, sets levels_multirange, spans "All spans"[]);
