CREATE SEQUENCE t_id_seq AS integer;
CREATE SEQUENCE t_n_seq AS smallint;
CREATE TABLE t (id integer DEFAULT nextval('t_id_seq') PRIMARY KEY, n smallint DEFAULT nextval('public.t_n_seq'::regclass) NOT NULL);
ALTER SEQUENCE t_id_seq OWNED BY t.id;
ALTER SEQUENCE t_n_seq OWNED BY t.n;
