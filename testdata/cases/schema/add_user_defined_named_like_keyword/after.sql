CREATE SCHEMA "table";
CREATE TABLE "table"."select" ("from" integer PRIMARY KEY, "where" text DEFAULT 'group by');
CREATE TABLE t (id integer);
