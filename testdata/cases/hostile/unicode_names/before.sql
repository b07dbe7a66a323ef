CREATE SCHEMA "größe";
CREATE TABLE "größe"."漢字" ("ключ" integer PRIMARY KEY, "🙂" text);
