CREATE TABLE reading (sensor integer, value double precision, note text);

CREATE VIEW quartile AS
SELECT
  sensor,
  percentile_cont(0.25) WITHIN GROUP (ORDER BY value) AS low,
  percentile_disc(0.5::double precision) WITHIN GROUP (ORDER BY value) FILTER (WHERE value > 0) AS middle,
  mode() WITHIN GROUP (ORDER BY note)
FROM reading
GROUP BY sensor;
