CREATE TYPE tally AS (number integer, total integer);
CREATE FUNCTION add_to(tally, integer) RETURNS tally LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE counted(integer) (SFUNC = add_to, STYPE = tally, INITCOND = '(0,0)');
CREATE TABLE book (pages integer);
CREATE VIEW pages AS SELECT counted(pages) AS all_pages FROM book;
GRANT EXECUTE ON FUNCTION counted(integer) TO CURRENT_USER;
