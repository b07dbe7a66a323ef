CREATE SEQUENCE old_s;
CREATE TABLE t (a bigint DEFAULT nextval('old_s'));
