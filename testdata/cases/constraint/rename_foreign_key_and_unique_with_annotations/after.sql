CREATE TABLE u (a integer CONSTRAINT up PRIMARY KEY, b integer);
CREATE TABLE t (
  a integer,
  b integer,
  -- @renamed from=old_fk
  CONSTRAINT new_fk FOREIGN KEY (a) REFERENCES u,
  -- @renamed from=old_uq
  CONSTRAINT new_uq UNIQUE (b)
);
