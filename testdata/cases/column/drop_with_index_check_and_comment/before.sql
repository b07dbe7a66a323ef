CREATE TABLE t (id integer PRIMARY KEY
  , v text CHECK (v <> '') UNIQUE
);
CREATE INDEX t_both ON t (id, v);
COMMENT ON COLUMN t.v IS 'going';
