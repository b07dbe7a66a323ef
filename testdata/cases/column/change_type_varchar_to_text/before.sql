CREATE TABLE t (v varchar(20) DEFAULT 'a' CHECK (v <> 'b'));
