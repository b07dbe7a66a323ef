CREATE TABLE t (kind varchar(10), state char(4)
);
