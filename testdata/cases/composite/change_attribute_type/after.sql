CREATE TYPE place AS (lat numeric(9,6), lon double precision, label text);
