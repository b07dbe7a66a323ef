CREATE TYPE mood AS ENUM ('sad', 'ok', 'new');
CREATE TABLE t (id integer, m mood
  , CONSTRAINT t_m CHECK (m <> 'new' OR id > 5)
);
CREATE VIEW fresh AS SELECT id FROM t WHERE m = 'new';
