CREATE TABLE sales (region text, amount integer);
CREATE MATERIALIZED VIEW by_region AS SELECT region, sum(amount) AS total FROM sales GROUP BY region;
CREATE VIEW large AS SELECT region FROM by_region WHERE total > 1000;
CREATE MATERIALIZED VIEW large_regions AS SELECT region FROM large;
