CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER shelf FOREIGN DATA WRAPPER files;
CREATE SERVER cellar FOREIGN DATA WRAPPER files;
CREATE FOREIGN TABLE books (
    id bigint OPTIONS (b '3', c '4') NOT NULL,
    title text DEFAULT 'x' CHECK (title <> 'none'),
    added jsonb OPTIONS (pos '9')
) SERVER shelf OPTIONS (path '/all books', depth '2');
CREATE VIEW ids AS SELECT id FROM books;
COMMENT ON VIEW ids IS 'of the books';
