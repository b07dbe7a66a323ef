CREATE TABLE t (a integer);
CREATE TRUSTED LANGUAGE plother HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION one() RETURNS integer LANGUAGE plother AS 'BEGIN RETURN 1; END';
COMMENT ON LANGUAGE plother IS 'another name';
