CREATE TABLE t (id integer, v text DEFAULT 'it''s a \ backslash');
