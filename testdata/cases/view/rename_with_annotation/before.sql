CREATE TABLE t (id integer);
-- @renamed from=after_view
CREATE VIEW before_view AS SELECT id FROM t;
