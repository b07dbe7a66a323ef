CREATE TABLE r (a bigint, b text);
CREATE TABLE t (
    -- @using x::text
    x text,
    y text
);
CREATE TABLE u (y integer, z r);
