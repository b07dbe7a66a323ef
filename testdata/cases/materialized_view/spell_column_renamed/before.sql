CREATE TABLE sale (day date, amount int);
CREATE MATERIALIZED VIEW sums AS SELECT day, sum(amount) AS total FROM sale GROUP BY day;
CREATE INDEX sums_by_day ON sums (day, (total + 1)) WHERE total > 0;
ALTER MATERIALIZED VIEW sums ALTER COLUMN total SET STATISTICS 50;
CREATE VIEW best AS SELECT day, total FROM sums;
ALTER MATERIALIZED VIEW sums RENAME COLUMN total TO turnover;
ALTER TABLE sums RENAME COLUMN day TO "Day";
