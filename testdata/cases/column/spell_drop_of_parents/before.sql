CREATE TABLE vehicle (wheels integer, colour text, weight numeric,
  CONSTRAINT heavy CHECK (weight > 1));
CREATE TABLE truck (weight numeric, load numeric) INHERITS (vehicle);
CREATE TABLE van () INHERITS (vehicle);
ALTER TABLE ONLY vehicle DROP COLUMN wheels;
ALTER TABLE vehicle DROP COLUMN colour;
ALTER TABLE vehicle DROP COLUMN weight;
