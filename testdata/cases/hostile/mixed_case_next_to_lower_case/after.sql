CREATE TABLE t (id integer);
CREATE TABLE "T" (id integer, "ID" text);
CREATE INDEX "T_id_idx" ON "T" (id);
CREATE TYPE "t " AS ENUM ('a');
