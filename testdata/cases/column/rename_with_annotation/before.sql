CREATE TABLE t (id integer,
  name text NOT NULL -- @renamed from=title
);
CREATE INDEX t_by ON t (
 name
);
