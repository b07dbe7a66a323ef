CREATE TABLE t ("A b" text, "c""d" integer);
CREATE INDEX "t 1" ON t ("A b");
