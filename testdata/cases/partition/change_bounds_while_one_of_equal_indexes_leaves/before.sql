-- all partitions leave before one returns: the index of their table goes before, between or behind that
CREATE TABLE flights (day integer, code text) PARTITION BY RANGE (day);
CREATE TABLE flights_may PARTITION OF flights FOR VALUES FROM (121) TO (152);
CREATE TABLE flights_june PARTITION OF flights FOR VALUES FROM (152) TO (182);
CREATE INDEX flights_code ON flights (code);
CREATE INDEX may_code ON flights_may (code);
