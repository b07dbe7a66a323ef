CREATE TABLE book (id integer NOT NULL, isbn text, shelf integer, place integer);
CREATE UNIQUE INDEX book_by_id ON book (id) INCLUDE (shelf);
CREATE UNIQUE INDEX "the ISBN" ON book (isbn) WITH (fillfactor = 70);
CREATE UNIQUE INDEX one_of_two ON book (shelf, place);
CREATE UNIQUE INDEX two_of_two ON book (shelf, place);
CREATE UNIQUE INDEX stays ON book (place);
CREATE TABLE loan (isbn text REFERENCES book (isbn));
