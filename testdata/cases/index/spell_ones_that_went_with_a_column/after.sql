CREATE TABLE t (a integer, gone integer);
CREATE INDEX stays ON t (a) WHERE a > 1;
CREATE INDEX by_predicate ON t (a) WHERE gone > 0;
CREATE INDEX by_expression ON t ((t.gone + 1));
ALTER TABLE t DROP COLUMN gone;
