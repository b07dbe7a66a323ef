CREATE TABLE t (id integer,
  -- @renamed from=key
  CONSTRAINT identity PRIMARY KEY (id)
);
CREATE TABLE u (id integer REFERENCES t);
