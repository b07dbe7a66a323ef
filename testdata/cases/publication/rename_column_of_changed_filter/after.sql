CREATE TABLE t (
    id integer PRIMARY KEY,
    b integer, -- @renamed from=a
    "Last" integer
);
CREATE PUBLICATION p FOR TABLE t (id, b) WHERE (b > 1 AND "Last" > b);
CREATE PUBLICATION same FOR TABLE t WHERE (b > 0);
