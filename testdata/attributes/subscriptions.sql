-- A subscription that runs: the cases' first ones say that theirs do not.
CREATE SUBSCRIPTION running CONNECTION 'dbname=elsewhere' PUBLICATION books WITH (connect = false);
ALTER SUBSCRIPTION running ENABLE;
