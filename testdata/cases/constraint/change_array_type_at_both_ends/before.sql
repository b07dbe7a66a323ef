CREATE TABLE t (a integer[] PRIMARY KEY);
CREATE TABLE r (a integer[] REFERENCES t);
