CREATE TYPE place AS (lat numeric, lon numeric);
