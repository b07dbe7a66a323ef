CREATE TABLE t (a integer, b integer, c text);
CREATE INDEX t_abc ON t (a, b DESC, lower(c));
