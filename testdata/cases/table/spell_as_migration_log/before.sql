CREATE TABLE t (id bigint NOT NULL, name varchar(50) DEFAULT 'n', CONSTRAINT t_pkey PRIMARY KEY (id));
CREATE INDEX t_name_idx ON t (name);
