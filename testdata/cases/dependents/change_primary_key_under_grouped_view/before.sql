CREATE TABLE t (id integer NOT NULL, v text,
  CONSTRAINT t_pkey PRIMARY KEY (id)
);
CREATE VIEW w AS SELECT id, v FROM t GROUP BY id;
