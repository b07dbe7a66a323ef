CREATE TABLE tolls (day integer, gate text) PARTITION BY RANGE (day);
CREATE TABLE tolls_may PARTITION OF tolls FOR VALUES FROM (121) TO (152);
CREATE TABLE tolls_june PARTITION OF tolls FOR VALUES FROM (152) TO (182);
CREATE INDEX tolls_gate ON tolls (gate);
