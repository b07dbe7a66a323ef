CREATE SCHEMA "a.b";
CREATE SCHEMA a;
CREATE TABLE "a.b"."c" (id integer);
CREATE TABLE a."b.c" (id integer);
ALTER TABLE "a.b"."c" ADD COLUMN v text;
CREATE VIEW a.v AS SELECT x.id FROM a."b.c" AS x JOIN "a.b".c AS y USING (id);
