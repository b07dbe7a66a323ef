CREATE SCHEMA "a schema with a name of its own";
CREATE TABLE "a schema with a name of its own".t (a integer, b text);
CREATE OPERATOR CLASS "a schema with a name of its own"."an operator class that compares integers in their own order"
    FOR TYPE integer USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE COLLATION "a schema with a name of its own"."a collation that goes by nothing but the code points of it" FROM "C";
CREATE INDEX ON "a schema with a name of its own".t
    (a "a schema with a name of its own"."an operator class that compares integers in their own order",
     b COLLATE "a schema with a name of its own"."a collation that goes by nothing but the code points of it");
