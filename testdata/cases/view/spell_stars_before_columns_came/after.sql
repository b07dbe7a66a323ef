CREATE TABLE author (id int, name text, born date);
CREATE TABLE book (id int, author int, title text, isbn text);
CREATE TABLE loan (id int, due date, reader int);
CREATE VIEW every_book AS SELECT id, author, title FROM book;
CREATE VIEW titled AS SELECT b.id, b.author, b.title, a.name FROM book b JOIN author a ON a.id = b.author;
CREATE VIEW lent AS SELECT id, author, title, due FROM book JOIN loan USING (id);
CREATE VIEW numbered AS
    WITH book AS (SELECT id, name FROM author) SELECT book.id, book.name, generate_series FROM book, generate_series(1, 2);
CREATE VIEW renamed (number, who) AS SELECT j.nr, j.name, j.due FROM (author a LEFT JOIN loan USING (id)) AS j (nr);
CREATE VIEW all_of_it AS SELECT id, due FROM loan;
CREATE VIEW both_sorts AS SELECT id, name FROM author UNION ALL SELECT id, (SELECT 'none') FROM loan;
CREATE VIEW above AS
    SELECT id, author, title FROM every_book WHERE EXISTS (SELECT l.id, l.due FROM loan l WHERE l.id = every_book.id);
CREATE FUNCTION count_books() RETURNS bigint LANGUAGE sql
    BEGIN ATOMIC SELECT count(*) FROM (SELECT id, author, title FROM book) b; END;
CREATE POLICY known ON book USING (EXISTS (SELECT a.id, a.name FROM author a WHERE a.id = author));
CREATE RULE noted AS ON INSERT TO author DO ALSO INSERT INTO book (id, title) VALUES (NEW.id, NEW.name);
CREATE RULE log AS ON DELETE TO loan DO ALSO
    INSERT INTO author (id, name) SELECT OLD.id, (SELECT a.name FROM author a LIMIT 1);
CREATE VIEW later AS SELECT id, due, reader FROM loan;
