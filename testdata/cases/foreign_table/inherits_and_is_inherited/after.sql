CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER shelf FOREIGN DATA WRAPPER files;
CREATE SERVER cellar FOREIGN DATA WRAPPER files;
CREATE TABLE base (id integer);
CREATE FOREIGN TABLE kid (id integer, more text) INHERITS (base) SERVER shelf;
CREATE FOREIGN TABLE top (a integer, b integer) SERVER shelf;
CREATE TABLE under () INHERITS (top);
