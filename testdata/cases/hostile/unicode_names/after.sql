CREATE SCHEMA "größe";
CREATE TABLE "größe"."漢字" ("ключ" integer PRIMARY KEY, "🙂" text);
ALTER TABLE "größe"."漢字" ADD CONSTRAINT "🙂 not ∅" CHECK ("🙂" <> '∅');
CREATE FUNCTION "größe"."ƒ"("ä" integer) RETURNS integer LANGUAGE sql AS 'SELECT "ä"';
COMMENT ON TABLE "größe"."漢字" IS '漢字 und mehr';
