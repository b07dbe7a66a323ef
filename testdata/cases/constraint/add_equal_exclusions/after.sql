CREATE TABLE stay (room integer);
CREATE TABLE visit (
  room integer,
  CONSTRAINT one EXCLUDE USING btree (room WITH =) WITH (fillfactor = 50) WHERE (room > 1),
  CONSTRAINT other EXCLUDE USING btree (room WITH =)
);
ALTER TABLE visit ADD CONSTRAINT the_same EXCLUDE USING btree (room WITH =) WITH (fillfactor = 50) WHERE (room > 1);
ALTER TABLE visit ADD CONSTRAINT the_other EXCLUDE USING btree (room WITH =);
ALTER TABLE visit ADD CONSTRAINT later EXCLUDE USING btree (room WITH =) DEFERRABLE;
