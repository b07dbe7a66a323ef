CREATE TABLE readings (at date, place text) PARTITION BY RANGE (at, place COLLATE "C");
