CREATE SCHEMA "a schema with a name of its own";
CREATE TABLE "a schema with a name of its own".t (a integer);
