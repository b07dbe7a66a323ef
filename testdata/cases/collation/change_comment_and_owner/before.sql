CREATE COLLATION mine (provider = libc, locale = 'C');
COMMENT ON COLLATION mine IS 'one';
