CREATE TABLE calls (day integer, line text) PARTITION BY RANGE (day);
CREATE INDEX calls_line ON calls (line);
CREATE TABLE calls_may PARTITION OF calls FOR VALUES FROM (121) TO (152) PARTITION BY LIST (line);
CREATE TABLE calls_may_a PARTITION OF calls_may FOR VALUES IN ('a');
