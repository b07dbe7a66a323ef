CREATE SCHEMA "Old place";
CREATE EXTENSION citext WITH SCHEMA "Old place";
SET search_path = public, "Old place";
CREATE DOMAIN email AS citext CHECK (VALUE <> '');
CREATE TABLE people (
    id integer,
    name citext DEFAULT 'nobody' CHECK (name <> 'root'),
    names citext[] NOT NULL DEFAULT '{}',
    mail email,
    nick citext,
    UNIQUE (name)
);
CREATE TABLE left_behind (name citext PRIMARY KEY, length integer GENERATED ALWAYS AS (citext_hash(name)) STORED);
CREATE INDEX people_pattern ON people (name citext_pattern_ops) WHERE name > 'a';
CREATE VIEW admins AS SELECT id, name FROM people WHERE name = 'admin';
CREATE FUNCTION same(a citext, b citext) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
