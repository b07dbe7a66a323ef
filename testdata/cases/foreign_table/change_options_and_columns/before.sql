CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER shelf FOREIGN DATA WRAPPER files;
CREATE SERVER cellar FOREIGN DATA WRAPPER files;
CREATE FOREIGN TABLE books (
    id integer OPTIONS (a '1', b '2'),
    title text OPTIONS (pos '2') CHECK (title <> ''),
    gone date
) SERVER shelf OPTIONS (path '/books', mode 'r');
CREATE VIEW ids AS SELECT id FROM books;
COMMENT ON VIEW ids IS 'of the books';
