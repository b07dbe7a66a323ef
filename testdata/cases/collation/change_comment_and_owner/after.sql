CREATE COLLATION mine (provider = libc, locale = 'C');
ALTER COLLATION mine OWNER TO app_owner;
COMMENT ON COLLATION mine IS 'two';
