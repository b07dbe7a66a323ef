-- taking an index off another takes all that is bound to that, a partition that came in the same plan excepted
CREATE TABLE tolls (day integer, gate text) PARTITION BY RANGE (day);
CREATE TABLE tolls_may PARTITION OF tolls FOR VALUES FROM (121) TO (152);
CREATE TABLE tolls_june (day integer, gate text);
CREATE INDEX tolls_gate ON ONLY tolls (gate);
