CREATE TYPE place AS (
  -- @renamed from=street
  road text,
  number integer
);
CREATE TABLE home OF place (CONSTRAINT known CHECK (road <> ''));
CREATE INDEX home_street ON home (road);
CREATE VIEW streets AS SELECT road AS name FROM home;
