CREATE TABLE t (
  a integer NOT NULL,
  b integer
);
ALTER TABLE t ADD PRIMARY KEY (a);
