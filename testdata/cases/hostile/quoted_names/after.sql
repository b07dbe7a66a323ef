CREATE TABLE "My Table" ("Id" integer PRIMARY KEY, "a ""quote""" text, "semi;colon" text, "it's" text);
ALTER TABLE "My Table" ADD COLUMN "new
line" integer DEFAULT 1;
CREATE INDEX "In dex" ON "My Table" ("a ""quote""", lower("it's"));
CREATE VIEW "v;--" AS SELECT "Id" AS "I""d" FROM "My Table";
COMMENT ON COLUMN "My Table"."semi;colon" IS 'a;b -- c';
