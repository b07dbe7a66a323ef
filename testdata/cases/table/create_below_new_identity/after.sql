CREATE TABLE works (title text, id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE essays (pages integer) INHERITS (works);
