CREATE TYPE pair AS (x integer, y integer);
CREATE TYPE trail AS (points pair[], closed boolean);
CREATE DOMAIN few_points AS pair[] CHECK (cardinality(VALUE) < 40);
CREATE DOMAIN spot AS pair;
CREATE TABLE t (id integer, points pair[] DEFAULT '{}' NOT NULL, paths trail[], few few_points, spots spot[]);
CREATE VIEW v AS SELECT id, (points[1]).x AS x, paths FROM t;
