CREATE TABLE page (body text);
CREATE INDEX page_body ON page (lower(body));
ALTER INDEX page_body ALTER COLUMN 1 SET STATISTICS 100;
CREATE TABLE old_page (LIKE page INCLUDING ALL);
