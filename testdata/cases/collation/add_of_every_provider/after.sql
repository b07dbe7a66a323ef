CREATE TABLE t (a text);
CREATE COLLATION plain (locale = 'C');
CREATE COLLATION "from another" FROM "C";
CREATE COLLATION mixed (lc_collate = 'C', lc_ctype = 'POSIX');
CREATE COLLATION root (provider = icu, locale = '');
CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
COMMENT ON COLLATION folded IS 'letters without their case';
