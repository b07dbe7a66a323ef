CREATE TABLE sale (at date, amount numeric);
CREATE VIEW period AS
  SELECT 'ytd' AS id, now() AS from_date, 1 AS rank UNION SELECT 'last', now() - interval '1 year', 1.5
  UNION ALL SELECT x.id, date_trunc('year', now()), CASE WHEN x.id = 'a' THEN 1 END FROM (SELECT DISTINCT ON (upper('b')) 'a'::text AS id) x;
CREATE VIEW year AS SELECT EXTRACT('YEAR' FROM at) AS year, EXTRACT(month FROM at) AS month FROM sale;
CREATE VIEW busy AS SELECT EXISTS (SELECT date_trunc('day', at), (SELECT count(*) FROM sale) FROM sale) AS is_busy;
