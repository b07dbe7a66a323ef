CREATE TABLE t (a integer);
CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE below (c text) INHERITS (t);
CREATE TABLE h (id integer, x t, y pair[], z pair);
CREATE TABLE up (id integer, x below, y pair);
