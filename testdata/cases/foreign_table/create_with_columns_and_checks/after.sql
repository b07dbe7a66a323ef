CREATE FOREIGN DATA WRAPPER files;
CREATE SERVER shelf FOREIGN DATA WRAPPER files;
CREATE SERVER cellar FOREIGN DATA WRAPPER files;
CREATE FOREIGN TABLE books (
    id bigint OPTIONS ("as name" 'isbn', pos '1') NOT NULL,
    title text OPTIONS (pos '2') COLLATE "C" DEFAULT 'untitled' CHECK (title <> ''),
    pages integer
) SERVER shelf OPTIONS (path '/books', "odd option" 'it''s');
COMMENT ON FOREIGN TABLE books IS 'kept on a shelf';
COMMENT ON COLUMN books.title IS 'as printed';
ALTER FOREIGN TABLE books ALTER COLUMN pages SET STATISTICS 7;
CREATE STATISTICS books_stats ON id, pages FROM books;
CREATE VIEW titles AS SELECT title FROM books;
GRANT SELECT ON books TO app_reader;
ALTER FOREIGN TABLE books OWNER TO app_owner;
