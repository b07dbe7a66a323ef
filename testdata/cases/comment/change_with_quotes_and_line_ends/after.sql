CREATE TABLE t (a integer);
COMMENT ON TABLE t IS E'two\nlines \\ "and" $$ more';
