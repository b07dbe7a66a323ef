CREATE SCHEMA "a.b";
CREATE SCHEMA a;
CREATE TABLE "a.b"."c" (id integer);
CREATE TABLE a."b.c" (id integer);
