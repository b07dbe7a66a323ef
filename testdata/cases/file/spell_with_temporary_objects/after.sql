CREATE TABLE client (id integer, name text, email text);
CREATE INDEX by_email ON client (email);
