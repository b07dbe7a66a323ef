CREATE FUNCTION padded(a bpchar, b "bit", c bit, d char(3), e bit(3)[], f bpchar[], g "char") RETURNS bpchar
    LANGUAGE sql IMMUTABLE AS $$ SELECT NULL::bpchar $$;
CREATE CAST (bpchar AS point) WITH INOUT;
CREATE TABLE raw (a "bit", b pg_catalog."bit"[], c bit, d bpchar, e char);
