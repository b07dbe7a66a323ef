CREATE TABLE sale (day date, amount int);
CREATE MATERIALIZED VIEW sums AS SELECT day AS "Day", sum(amount) AS turnover FROM sale GROUP BY day;
CREATE INDEX sums_by_day ON sums ("Day", (turnover + 1)) WHERE turnover > 0;
ALTER MATERIALIZED VIEW sums ALTER COLUMN turnover SET STATISTICS 50;
CREATE VIEW best AS SELECT "Day" AS day, turnover AS total FROM sums;
