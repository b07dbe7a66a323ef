CREATE TABLE t (a integer, b text);
CREATE INDEX t_idx ON t USING brin (a) WITH (pages_per_range = 16, autosummarize = on);
