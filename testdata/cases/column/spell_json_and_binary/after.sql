CREATE TABLE t (id integer
  , a jsonb, b json, c bytea, d uuid, e inet, f cidr, g macaddr8, h xml, i tsvector, j tsquery, k money, l point, m pg_lsn, n name, o "char", p oid, q regclass, r int4multirange
);
