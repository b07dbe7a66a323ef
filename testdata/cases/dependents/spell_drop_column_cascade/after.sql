CREATE TABLE tariff (price numeric, note text);
CREATE TABLE trip (id integer, zone integer, length numeric, CONSTRAINT trip_length_check CHECK (length > 0));
CREATE INDEX by_length ON trip (length);
CREATE VIEW named_alike AS SELECT length AS price FROM trip;
CREATE VIEW of_view AS SELECT price FROM named_alike;
CREATE VIEW counted AS SELECT count(*) FROM trip;
CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$;
CREATE TRIGGER when_any AFTER UPDATE ON trip FOR EACH ROW WHEN (new.* IS DISTINCT FROM old.*) EXECUTE FUNCTION keep();
CREATE POLICY short ON trip USING (length < (SELECT max(price) FROM tariff));
