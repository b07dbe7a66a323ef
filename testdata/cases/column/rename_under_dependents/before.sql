CREATE TABLE t (id integer PRIMARY KEY, old_name integer DEFAULT 1 CHECK (old_name > 0), g integer GENERATED ALWAYS AS (old_name * 2) STORED);
CREATE INDEX i ON t ((old_name + 1)) WHERE old_name > 5;
CREATE VIEW v AS SELECT old_name AS x FROM t WHERE old_name IS NOT NULL;
CREATE POLICY p ON t USING (old_name = 1);
CREATE STATISTICS s ON id, old_name FROM t;
