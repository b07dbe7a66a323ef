CREATE TABLE vehicle (wheels integer, CHECK (wheels > 0));
CREATE TABLE thing (weight integer, colour text, CHECK (weight > 0));
CREATE TABLE bicycle (wheels integer, weight integer) INHERITS (vehicle);
