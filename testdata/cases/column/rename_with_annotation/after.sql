CREATE TABLE t (id integer,
  title text NOT NULL -- @renamed from=name
);
CREATE INDEX t_by ON t (
 title
);
