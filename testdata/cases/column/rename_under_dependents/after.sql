CREATE TABLE t (
  id integer PRIMARY KEY,
  -- @renamed from=old_name
  new_name integer DEFAULT 1 CHECK (new_name > 0),
  g integer GENERATED ALWAYS AS (new_name * 2) STORED
);
CREATE INDEX i ON t ((new_name + 1)) WHERE new_name > 5;
CREATE VIEW v AS SELECT new_name AS x FROM t WHERE new_name IS NOT NULL;
CREATE POLICY p ON t USING (new_name = 1);
CREATE STATISTICS s ON id, new_name FROM t;
