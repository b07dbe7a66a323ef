CREATE PROCEDURE settle(INOUT total integer, IN fee integer, OUT rest integer) LANGUAGE sql AS 'SELECT 1, 2';
