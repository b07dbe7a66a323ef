-- Attributes of relations that no case folder sets. The tablespace is the test's own.
CREATE TABLE placed (id integer CONSTRAINT placed_key PRIMARY KEY USING INDEX TABLESPACE aside, v text) TABLESPACE aside;
CREATE INDEX placed_index ON placed (v) TABLESPACE aside;
CREATE MATERIALIZED VIEW placed_view TABLESPACE aside AS SELECT 1 AS one;

CREATE TABLE pointed_to (id integer PRIMARY KEY);
CREATE TABLE parent (id integer REFERENCES pointed_to, CONSTRAINT positive CHECK (id > 0)) PARTITION BY RANGE (id);
CREATE TABLE child PARTITION OF parent FOR VALUES FROM (1) TO (10);

CREATE VIEW named (first, second) AS SELECT id, v FROM placed;
CREATE MATERIALIZED VIEW named_too (first) AS SELECT id FROM placed;

-- Other values of what elsewhere has one.
CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER stands_still BEFORE UPDATE ON placed FOR EACH ROW EXECUTE FUNCTION leave();
ALTER TABLE placed DISABLE TRIGGER stands_still;
CREATE TABLE counted (
  a integer GENERATED ALWAYS AS IDENTITY (START WITH 5),
  b integer GENERATED ALWAYS AS IDENTITY (START WITH 6 CACHE 3 CYCLE)
);
CREATE RULE silent AS ON DELETE TO counted DO INSTEAD NOTHING;
CREATE RULE loud AS ON DELETE TO counted DO ALSO NOTIFY counted;
ALTER TABLE counted DISABLE RULE silent;
CREATE UNLOGGED TABLE passing (id integer);
CREATE UNLOGGED SEQUENCE passing_too;

CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER away FOREIGN DATA WRAPPER far;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER far;
CREATE FOREIGN TABLE distant (id integer OPTIONS (a 'b'), v text) SERVER away OPTIONS (path 'x');
CREATE FOREIGN TABLE more_distant () INHERITS (distant) SERVER elsewhere;
