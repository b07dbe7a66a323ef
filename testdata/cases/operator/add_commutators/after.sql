CREATE FUNCTION starts(a text, b integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length(a) > b';
CREATE FUNCTION starts_back(a integer, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length(b) > a';
CREATE OPERATOR <@# (FUNCTION = starts, LEFTARG = text, RIGHTARG = integer, COMMUTATOR = #@>);
CREATE OPERATOR #@> (FUNCTION = starts_back, LEFTARG = integer, RIGHTARG = text, COMMUTATOR = <@#);
COMMENT ON OPERATOR <@# (text, integer) IS 'longer than';
ALTER OPERATOR #@> (integer, text) OWNER TO app_owner;
