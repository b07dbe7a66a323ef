CREATE SCHEMA "Old place";
CREATE SCHEMA parts;
CREATE EXTENSION citext WITH SCHEMA parts;
SET search_path = public, parts;
CREATE DOMAIN email AS citext CHECK (VALUE <> '');
CREATE TABLE people (
    id bigint,
    name parts.citext DEFAULT 'nobody' CHECK (name <> 'root'),
    names citext[] NOT NULL DEFAULT '{}',
    mail email,
    other citext,
    UNIQUE (name)
);
CREATE INDEX people_pattern ON people (name citext_pattern_ops) WHERE name > 'a';
CREATE VIEW admins AS SELECT id, name FROM people WHERE name = 'admin';
CREATE FUNCTION same(a citext, b citext) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
