CREATE TABLE t (id integer);
CREATE AGGREGATE moving_sum(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0', INITCOND = '0');
