CREATE FUNCTION fresh() RETURNS integer LANGUAGE sql AS 'SELECT 42';
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE t (id integer
  , n positive DEFAULT fresh() NOT NULL
);
