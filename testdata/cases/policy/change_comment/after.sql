CREATE TABLE t (id integer);
CREATE POLICY p ON t USING (true);
COMMENT ON POLICY p ON t IS 'everybody';
