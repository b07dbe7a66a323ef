CREATE TABLE t (id integer, v text);
CREATE VIEW w AS SELECT id, v FROM t;
CREATE RULE w_del AS ON DELETE TO w DO INSTEAD (DELETE FROM t WHERE t.id = old.id; NOTIFY gone;);
