CREATE TABLE t (a integer, b integer, c text);
CREATE INDEX t_abc ON public.t USING btree (a int4_ops ASC NULLS LAST, b DESC NULLS FIRST, lower(c) text_ops);
