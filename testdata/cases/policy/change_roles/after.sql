CREATE TABLE t (id integer, who name);
CREATE POLICY p ON t TO PUBLIC USING (true);
