CREATE TABLE t (id integer, who text, kind varchar(3));
CREATE POLICY p ON public.t AS PERMISSIVE FOR ALL TO PUBLIC USING ((who = CURRENT_USER) AND (t.kind IN ('a', 'b'))) WITH CHECK ((id > 0));
