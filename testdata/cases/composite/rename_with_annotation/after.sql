-- @renamed from=old_pair
CREATE TYPE pair AS (a integer, b text);
CREATE TABLE t (p pair);
