CREATE TABLE loans (id integer, book text);
GRANT USAGE ON SCHEMA public TO app_reader;
GRANT SELECT (book), UPDATE ON loans TO app_reader WITH GRANT OPTION;
SET ROLE app_reader;
GRANT INSERT, UPDATE ON loans TO app_writer;
GRANT SELECT (book), INSERT (book) ON loans TO app_writer;
RESET ROLE;
