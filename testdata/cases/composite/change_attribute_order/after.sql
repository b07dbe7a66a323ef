CREATE TYPE place AS (b text, a integer);
