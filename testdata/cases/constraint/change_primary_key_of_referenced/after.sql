CREATE TABLE t (a integer NOT NULL, b integer NOT NULL,
  CONSTRAINT t_key PRIMARY KEY (b), CONSTRAINT t_a UNIQUE (a)
);
CREATE TABLE u (a integer REFERENCES t (a));
