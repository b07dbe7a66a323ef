CREATE TABLE t ("A b" text, "c""d" integer);
CREATE INDEX "t 1" ON t (lower("A b"), "c""d" DESC) WHERE "c""d" > 0;
