CREATE TABLE a (id integer);
CREATE TABLE word (w text, n integer) PARTITION BY RANGE (w COLLATE "C" text_pattern_ops, n);
CREATE TABLE word_am PARTITION OF word FOR VALUES FROM ('a', MINVALUE) TO ('m', MAXVALUE);
