CREATE FOREIGN DATA WRAPPER files VALIDATOR postgresql_fdw_validator;
COMMENT ON FOREIGN DATA WRAPPER files IS 'files elsewhere';
