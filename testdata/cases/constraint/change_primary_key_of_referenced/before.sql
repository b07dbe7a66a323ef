CREATE TABLE t (a integer NOT NULL, b integer NOT NULL,
  CONSTRAINT t_key PRIMARY KEY (a), CONSTRAINT t_b UNIQUE (b)
);
CREATE TABLE u (a integer REFERENCES t (a));
