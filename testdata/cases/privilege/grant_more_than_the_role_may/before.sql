CREATE TABLE loans (id integer, book text);
GRANT USAGE ON SCHEMA public TO app_reader;
GRANT SELECT (book), UPDATE ON loans TO app_reader WITH GRANT OPTION;
