CREATE TYPE place AS (lat numeric, lon real, label text COLLATE "C");
