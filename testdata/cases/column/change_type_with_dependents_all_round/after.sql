CREATE TABLE t (id integer PRIMARY KEY, n bigint DEFAULT 0 NOT NULL CHECK (n >= 0), label text);
CREATE INDEX t_n_idx ON t (n DESC) WHERE n > 10;
CREATE UNIQUE INDEX t_expr_idx ON t ((n % 7), id);
CREATE STATISTICS t_stats (dependencies) ON n, label FROM t;
CREATE VIEW v AS SELECT id, n + 1 AS next FROM t;
