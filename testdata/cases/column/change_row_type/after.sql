CREATE TABLE t (a integer);
CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE below (c text) INHERITS (t);
CREATE TABLE u (a integer);
CREATE TABLE h (id integer, x u, y t[], z integer);
CREATE TABLE up (id integer, x t, y text);
