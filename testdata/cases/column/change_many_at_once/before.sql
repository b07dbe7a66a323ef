CREATE TABLE t (id integer NOT NULL, a varchar(10) DEFAULT 'a', b integer NOT NULL, c date, d text COLLATE "C");
