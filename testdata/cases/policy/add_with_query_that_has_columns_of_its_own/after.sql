CREATE TABLE t (a integer);
CREATE POLICY p ON t USING ((SELECT is_known FROM (SELECT true AS is_known) s));
