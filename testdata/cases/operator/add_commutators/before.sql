CREATE FUNCTION starts(a text, b integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length(a) > b';
CREATE FUNCTION starts_back(a integer, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT length(b) > a';
