CREATE VIEW levels (level, "The name") AS VALUES (1, 'low'), (2, 'high') ORDER BY 1 DESC LIMIT 2;
CREATE VIEW plain AS VALUES (1, 2);
CREATE VIEW safe (a, b) WITH (security_barrier = true) AS VALUES (1, 2), (3, 4);
CREATE MATERIALIZED VIEW kept (v) AS VALUES (1, 2);
