CREATE TABLE page (body text);
CREATE INDEX page_body ON page (lower(body));
ALTER INDEX page_body ALTER COLUMN 1 SET STATISTICS 100;
CREATE TABLE old_page (body text);
CREATE INDEX old_page_lower_idx ON old_page (lower(body));
