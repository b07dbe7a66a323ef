CREATE TABLE t (id integer, who name);
CREATE POLICY p ON t FOR SELECT USING (true);
