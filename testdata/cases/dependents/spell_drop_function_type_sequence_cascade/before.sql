CREATE SEQUENCE ticket;
CREATE TYPE colour AS ENUM ('red', 'blue');
CREATE DOMAIN grade AS integer CHECK (VALUE < 7);
CREATE FUNCTION twice(integer) RETURNS integer IMMUTABLE LANGUAGE sql AS $$ SELECT $1 * 2 $$;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TABLE seat (
  id integer DEFAULT nextval('ticket'), paint colour, marks grade[], name text,
  half integer DEFAULT twice(1), whole integer GENERATED ALWAYS AS (twice(1)) STORED, CHECK (twice(half) > 0));
CREATE INDEX doubled ON seat (twice(half));
CREATE INDEX painted ON seat (paint, id);
CREATE TRIGGER stamped BEFORE INSERT ON seat FOR EACH ROW EXECUTE FUNCTION stamp();
CREATE VIEW paints AS SELECT paint FROM seat;
CREATE VIEW reds AS SELECT 'red'::colour AS paint;
CREATE VIEW doubles AS SELECT twice(half) AS n FROM seat;
CREATE VIEW names AS SELECT id, name FROM seat;
CREATE FUNCTION is_red(colour) RETURNS boolean LANGUAGE sql AS $$ SELECT $1 = 'red' $$;
CREATE POLICY few ON seat USING (twice(half) < 10);
ALTER TABLE seat ADD COLUMN was colour;
ALTER TABLE seat ALTER COLUMN was TYPE text USING was::text;
DROP SEQUENCE ticket CASCADE;
DROP FUNCTION twice(integer), stamp CASCADE;
DROP TYPE colour CASCADE;
DROP DOMAIN grade CASCADE;
