-- @renamed from=old_s
CREATE SEQUENCE s;
CREATE TABLE t (a bigint DEFAULT nextval('s'));
