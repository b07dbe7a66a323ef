CREATE TYPE old_pair AS (a integer, b text);
CREATE TABLE t (p old_pair);
