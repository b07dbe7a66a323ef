CREATE TABLE person (name text, nickname text);
CREATE TABLE payee ();
CREATE TABLE employee (room integer) INHERITS (person, payee);
CREATE RULE renamed AS ON UPDATE TO payee DO ALSO UPDATE person SET nickname = NULL WHERE name IS NULL;
