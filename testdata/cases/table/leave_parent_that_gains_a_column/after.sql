CREATE TABLE vehicle (wheels integer, plate text, CHECK (wheels > 0));
CREATE TABLE thing (weight integer, CHECK (weight > 0));
CREATE TABLE bicycle (wheels integer, weight integer) INHERITS (thing);
