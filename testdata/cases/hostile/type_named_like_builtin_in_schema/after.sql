CREATE SCHEMA s;
CREATE DOMAIN s.text AS integer;
CREATE DOMAIN s."integer" AS pg_catalog.text;
CREATE TABLE s.t (a s.text, b pg_catalog.text, c text, d "char", e s."integer");
