CREATE TABLE visit (city text, zip text);
CREATE STATISTICS visit_place ON city, zip FROM visit;
COMMENT ON STATISTICS visit_place IS 'zip codes tell cities';
CREATE INDEX visit_city ON visit (city);
COMMENT ON INDEX visit_city IS 'by city';
