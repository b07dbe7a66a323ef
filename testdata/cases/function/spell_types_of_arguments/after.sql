CREATE FUNCTION padded(a character, b bit, c bit(1), d bpchar, e bit[], f char[], g "char") RETURNS char
    LANGUAGE sql IMMUTABLE AS $$ SELECT NULL::bpchar $$;
CREATE CAST (character AS point) WITH INOUT;
CREATE TABLE raw (a "bit", b pg_catalog."bit"[], c bit(1), d bpchar, e char(1));
