CREATE TABLE t (id integer, who name);
CREATE POLICY p ON t USING (id > 0);
