CREATE VIEW pair (a) AS SELECT * FROM (VALUES (1, 2)) r (x, y);
CREATE MATERIALIZED VIEW triple (first, second) AS SELECT *, upper(t) FROM (VALUES (1, 'b'::text)) r (n, t);
