CREATE TABLE t (id integer);
CREATE POLICY p ON t USING (true);
