CREATE TABLE t (a integer);
-- @renamed from=second
CREATE INDEX first ON t (a);
