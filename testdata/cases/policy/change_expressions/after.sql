CREATE TABLE t (id integer, who name);
CREATE POLICY p ON t USING (who = CURRENT_USER OR id = 1) WITH CHECK (id > 0);
