CREATE TYPE place AS (
  -- @renamed from=road
  street text,
  number integer
);
CREATE TABLE home OF place (CONSTRAINT known CHECK (street <> ''));
CREATE INDEX home_street ON home (street);
CREATE VIEW streets AS SELECT street AS name FROM home;
