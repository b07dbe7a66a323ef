CREATE TABLE t (id integer);
-- @renamed from=before_view
CREATE VIEW after_view AS SELECT id FROM t;
