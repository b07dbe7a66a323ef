CREATE TABLE t (id integer);
CREATE PROCEDURE p(IN a integer, INOUT b text DEFAULT NULL) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN DELETE FROM t WHERE id = a; COMMIT; END $$;
