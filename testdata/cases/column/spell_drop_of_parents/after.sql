CREATE TABLE vehicle ();
CREATE TABLE truck (wheels integer, weight numeric, load numeric) INHERITS (vehicle);
CREATE TABLE van (wheels integer) INHERITS (vehicle);
