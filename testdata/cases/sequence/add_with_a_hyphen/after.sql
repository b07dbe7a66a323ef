CREATE TABLE t (id integer);
CREATE SEQUENCE "user-role_id_seq";
CREATE TABLE "user-role" (id integer DEFAULT nextval('user-role_id_seq') NOT NULL PRIMARY KEY);
ALTER SEQUENCE "user-role_id_seq" OWNED BY "user-role".id;
