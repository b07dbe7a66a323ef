CREATE TABLE "user" (id integer PRIMARY KEY);
CREATE TABLE "order" ("select" integer PRIMARY KEY, "table" text DEFAULT 'x', "user" integer REFERENCES "user", "check" boolean CHECK ("check"), "end" date);
CREATE INDEX "index" ON "order" ("table", "end" DESC);
CREATE VIEW "view" AS SELECT "select" AS "from", "end" AS "where" FROM "order" AS "group";
CREATE TYPE "enum" AS ENUM ('select', 'from');
CREATE FUNCTION "function"("in" integer, "out" text) RETURNS text LANGUAGE sql AS 'SELECT $2';
