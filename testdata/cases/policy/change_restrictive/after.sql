CREATE TABLE t (id integer, who name);
CREATE POLICY p ON t AS RESTRICTIVE USING (id > 0);
