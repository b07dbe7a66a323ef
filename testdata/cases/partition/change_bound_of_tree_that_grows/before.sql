-- the partition in the middle returns before its table changes, and what is new below it comes behind that
CREATE TABLE calls (day integer, line text, note text DEFAULT 'none') PARTITION BY RANGE (day);
CREATE INDEX calls_line ON calls (line);
CREATE TABLE calls_may PARTITION OF calls FOR VALUES FROM (121) TO (151) PARTITION BY LIST (line);
