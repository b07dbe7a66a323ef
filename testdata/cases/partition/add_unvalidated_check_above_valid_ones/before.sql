CREATE TABLE readings (meter integer, amount integer) PARTITION BY LIST (meter);
CREATE TABLE readings_1 PARTITION OF readings FOR VALUES IN (1);
CREATE TABLE readings_rest PARTITION OF readings DEFAULT PARTITION BY RANGE (amount);
CREATE TABLE readings_rest_low PARTITION OF readings_rest FOR VALUES FROM (0) TO (10);
