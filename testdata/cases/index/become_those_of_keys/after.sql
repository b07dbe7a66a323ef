CREATE TABLE book (
  id integer NOT NULL,
  isbn text CONSTRAINT "the ISBN" UNIQUE WITH (fillfactor = 70),
  shelf integer,
  place integer,
  CONSTRAINT book_pkey PRIMARY KEY (id) INCLUDE (shelf),
  CONSTRAINT two_of_two UNIQUE (shelf, place) DEFERRABLE
);
CREATE UNIQUE INDEX stays ON book (place);
CREATE TABLE loan (isbn text REFERENCES book (isbn));
