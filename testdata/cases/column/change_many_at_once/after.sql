CREATE TABLE t (id bigint NOT NULL, a varchar(20) DEFAULT 'b' NOT NULL, b integer, c timestamp, d text, e boolean DEFAULT false NOT NULL);
