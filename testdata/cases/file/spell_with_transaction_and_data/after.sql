BEGIN;
CREATE TABLE t (id integer, v text);
INSERT INTO t VALUES (1, 'seed');
COMMIT;
