CREATE TABLE release (name text);
CREATE TYPE version AS (major integer, minor integer);
CREATE FUNCTION version_cmp(a version, b version) RETURNS integer LANGUAGE sql IMMUTABLE STRICT
  AS 'SELECT sign((a).major * 1000 + (a).minor - (b).major * 1000 - (b).minor)::integer';
CREATE FUNCTION version_lt(a version, b version) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT
  AS 'SELECT public.version_cmp(a, b) < 0';
CREATE OPERATOR #<# (FUNCTION = version_lt, LEFTARG = version, RIGHTARG = version);
CREATE OPERATOR CLASS version_ops DEFAULT FOR TYPE version USING btree AS OPERATOR 1 #<#, FUNCTION 1 version_cmp(version, version);
CREATE TYPE support AS RANGE (SUBTYPE = version);
CREATE TYPE warranty AS RANGE (SUBTYPE = version, SUBTYPE_OPCLASS = version_ops);
CREATE TYPE plain AS RANGE (SUBTYPE = version, SUBTYPE_OPCLASS = record_ops);
ALTER TABLE release ADD COLUMN supported support;
