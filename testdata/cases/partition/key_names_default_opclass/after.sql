CREATE TABLE readings (at date, place text) PARTITION BY RANGE (at date_ops, place COLLATE "C" text_ops);
