CREATE TABLE t (id integer, v text, n numeric, at timestamptz, j jsonb, a integer[]);
CREATE VIEW w AS
WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 3), x AS MATERIALIZED (SELECT * FROM t)
SELECT DISTINCT ON (x.id) x.id, row_number() OVER w1 AS nr, sum(x.n) FILTER (WHERE x.v = 'a') OVER (PARTITION BY x.v ORDER BY x.at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s,
  CASE WHEN x.id > 1 THEN 'many' ELSE 'one' END AS c, x.j -> 'a' ->> 'b' AS jb, x.a[1:2] AS sl, EXTRACT(year FROM x.at) AS y, x.at AT TIME ZONE 'UTC' AS utc,
  coalesce(x.v, 'none') AS cv, (SELECT max(id) FROM t) AS top, EXISTS (SELECT 1 FROM up WHERE up.n = x.id) AS there, ARRAY(SELECT n FROM up) AS ups, x.v COLLATE "C" AS vc
FROM x CROSS JOIN LATERAL unnest(x.a) WITH ORDINALITY AS u(e, o) WINDOW w1 AS (ORDER BY x.id DESC) ORDER BY x.id, u.o;
