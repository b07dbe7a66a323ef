CREATE TABLE plot (id int, keeper text, size int);
CREATE VIEW garden AS SELECT id AS "Number", keeper AS owner, size FROM plot;
CREATE VIEW own_garden AS SELECT "Number" AS id, owner, 1 AS first FROM garden;
CREATE VIEW by_owner AS SELECT owner, "Number" + 1 AS next FROM garden WHERE "Number" > 0 ORDER BY "Number";
CREATE VIEW copy AS SELECT "Number" AS id, owner FROM garden;
ALTER VIEW garden ALTER COLUMN "Number" SET DEFAULT 3;
