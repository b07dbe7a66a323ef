CREATE TABLE s (a integer NOT NULL, b integer NOT NULL, CONSTRAINT s_id PRIMARY KEY (a));
CREATE TABLE t (a integer NOT NULL, b integer NOT NULL, CONSTRAINT t_id PRIMARY KEY (a));
