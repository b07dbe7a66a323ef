REVOKE SELECT ON TABLE pg_catalog.pg_proc FROM PUBLIC;
GRANT SELECT (proname), SELECT (oid) ON pg_catalog.pg_proc TO PUBLIC;
GRANT SELECT (rolname) ON pg_authid TO app_reader;
