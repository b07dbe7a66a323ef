CREATE TABLE t (kind varchar(10), CONSTRAINT t_kind CHECK (((kind)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))));
