CREATE TABLE animals (name text NOT NULL, id integer GENERATED ALWAYS AS IDENTITY);
CREATE TABLE birds (name text NOT NULL, wings integer, id integer NOT NULL) INHERITS (animals);
CREATE TABLE fish (name text NOT NULL, fins integer) INHERITS (animals);
