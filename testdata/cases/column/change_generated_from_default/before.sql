CREATE TABLE t (a integer,
  twice integer DEFAULT 2 NOT NULL
);
