CREATE TABLE t (id integer
  -- @backfill upper('x' || id)
  , code text NOT NULL
);
