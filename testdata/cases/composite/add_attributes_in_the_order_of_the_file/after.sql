CREATE TYPE q AS (a integer, z integer, c integer, b text);
CREATE TYPE held AS (a integer, y text, x text);
CREATE TABLE t (h held);
