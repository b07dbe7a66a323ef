REVOKE SELECT ON TABLE pg_catalog.pg_proc FROM PUBLIC;
GRANT SELECT (proname, tableoid, prosrc) ON pg_catalog.pg_proc TO PUBLIC;
GRANT SELECT (rolname, rolsuper) ON pg_authid TO app_reader;
GRANT UPDATE (rolname) ON pg_authid TO app_writer;
