CREATE TABLE "My Table" ("Id" integer PRIMARY KEY, "a ""quote""" text, "semi;colon" text, "it's" text);
