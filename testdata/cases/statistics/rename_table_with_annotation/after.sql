-- @renamed from=visit
CREATE TABLE call (city text, zip text);
CREATE STATISTICS visit_place ON city, zip FROM call;
COMMENT ON STATISTICS visit_place IS 'zip codes tell cities';
CREATE INDEX visit_city ON call (city);
COMMENT ON INDEX visit_city IS 'by city';
