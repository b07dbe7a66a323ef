CREATE PROCEDURE settle(INOUT total integer, IN fee integer, OUT rest integer) LANGUAGE sql AS 'SELECT 1, 2';
CREATE PROCEDURE settle(a integer, b integer, c integer) LANGUAGE sql AS 'SELECT 1';
COMMENT ON PROCEDURE settle(IN integer, IN integer, IN integer) IS 'by three';
