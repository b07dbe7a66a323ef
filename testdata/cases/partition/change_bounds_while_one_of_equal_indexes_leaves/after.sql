CREATE TABLE flights (day integer, code text) PARTITION BY RANGE (day);
CREATE TABLE flights_may PARTITION OF flights FOR VALUES FROM (121) TO (151);
CREATE TABLE flights_june PARTITION OF flights FOR VALUES FROM (152) TO (181);
CREATE INDEX flights_code ON ONLY flights (code);
CREATE INDEX june_code ON flights_june (code);
