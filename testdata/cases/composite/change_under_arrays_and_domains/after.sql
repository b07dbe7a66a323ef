CREATE TYPE pair AS (y integer, x bigint, z integer);
CREATE TYPE trail AS (points pair[], closed boolean);
CREATE DOMAIN few_points AS pair[] CHECK (cardinality(VALUE) < 50);
CREATE DOMAIN spot AS pair;
CREATE TABLE t (id bigint, points pair[] DEFAULT '{}', paths trail[], few few_points, spots spot[]);
CREATE VIEW v AS SELECT id, (points[1]).x AS x, paths FROM t;
