CREATE TABLE t (id integer, who text, kind varchar(3));
CREATE POLICY p ON t USING (who = CURRENT_USER AND kind IN ('a', 'b')) WITH CHECK (id > 0);
