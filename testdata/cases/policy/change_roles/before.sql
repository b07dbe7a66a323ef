CREATE TABLE t (id integer, who name);
CREATE POLICY p ON t TO app_reader USING (true);
