CREATE TABLE readings (meter integer, amount integer) PARTITION BY LIST (meter);
CREATE TABLE readings_1 PARTITION OF readings FOR VALUES IN (1);
ALTER TABLE readings ADD CONSTRAINT amount_is_counted CHECK (amount >= 0) NOT VALID;
-- made later, and so checked from the start
CREATE TABLE readings_rest PARTITION OF readings DEFAULT PARTITION BY RANGE (amount);
CREATE TABLE readings_rest_low PARTITION OF readings_rest FOR VALUES FROM (0) TO (10);
