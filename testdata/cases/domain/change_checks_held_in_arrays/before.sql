CREATE DOMAIN shelf AS integer CONSTRAINT known CHECK (VALUE > 0) CONSTRAINT not_burnt CHECK (VALUE <> 50);
ALTER DOMAIN shelf ADD CONSTRAINT no_dust CHECK (VALUE <> 7) NOT VALID;
COMMENT ON CONSTRAINT no_dust ON DOMAIN shelf IS 'cleaned one day';
CREATE DOMAIN upper_shelf AS shelf DEFAULT 9;
CREATE TABLE rooms (door shelf PRIMARY KEY, best shelf, upper upper_shelf[] DEFAULT '{4}');
CREATE TABLE readers (door shelf REFERENCES rooms);
CREATE VIEW first_shelves AS SELECT door, upper[1] AS shelf FROM rooms;
