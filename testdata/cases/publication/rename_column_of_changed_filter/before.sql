CREATE TABLE t (
    id integer PRIMARY KEY,
    a integer, -- @renamed from=b
    "Last" integer
);
CREATE PUBLICATION p FOR TABLE t (id, a) WHERE (a > 0 AND "Last" > a);
CREATE PUBLICATION same FOR TABLE t WHERE (a > 0);
