CREATE TYPE place AS (a integer, b text);
