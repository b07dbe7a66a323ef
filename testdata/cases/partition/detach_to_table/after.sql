CREATE TABLE p (a integer, b text) PARTITION BY LIST (a);
CREATE INDEX ON p (b);
CREATE TABLE p1 (a integer, b text);
CREATE INDEX p1_b_idx ON p1 (b);
