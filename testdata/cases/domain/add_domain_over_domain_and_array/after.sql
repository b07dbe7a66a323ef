CREATE TABLE t (id integer);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN small AS positive CHECK (VALUE < 10);
CREATE DOMAIN smalls AS small[] CHECK (cardinality(VALUE) < 5);
CREATE TABLE u (s smalls DEFAULT '{1,2}');
