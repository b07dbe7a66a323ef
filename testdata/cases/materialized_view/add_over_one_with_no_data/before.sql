-- whether a view is filled is no difference, and what reads an empty one cannot be filled
CREATE TABLE sales (region text, amount integer);
CREATE MATERIALIZED VIEW by_region AS SELECT region, sum(amount) AS total FROM sales GROUP BY region WITH NO DATA;
