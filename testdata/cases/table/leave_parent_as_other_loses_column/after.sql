CREATE TABLE person (name text);
CREATE TABLE employee (room integer) INHERITS (person);
