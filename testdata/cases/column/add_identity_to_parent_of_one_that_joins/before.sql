-- no identity column can be added to a table that has children, of which one comes in the same plan
CREATE TABLE animals (name text NOT NULL);
CREATE TABLE birds (name text NOT NULL, wings integer);
CREATE TABLE fish (name text NOT NULL, fins integer);
