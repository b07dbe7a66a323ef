CREATE TABLE t (id integer,
  -- @renamed from=identity
  CONSTRAINT key PRIMARY KEY (id)
);
CREATE TABLE u (id integer REFERENCES t);
