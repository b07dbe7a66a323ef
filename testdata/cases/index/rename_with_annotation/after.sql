CREATE TABLE t (a integer);
-- @renamed from=first
CREATE INDEX second ON t (a);
