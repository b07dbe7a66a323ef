CREATE TYPE q AS (a integer);
CREATE TYPE held AS (a integer);
CREATE TABLE t (h held);
