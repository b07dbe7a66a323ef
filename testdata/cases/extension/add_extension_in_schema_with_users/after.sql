CREATE SCHEMA ext;
CREATE TABLE t (id integer, v text);
CREATE EXTENSION hstore WITH SCHEMA ext;
CREATE TABLE attributes (id integer PRIMARY KEY, more ext.hstore DEFAULT ''::ext.hstore NOT NULL);
CREATE INDEX attributes_more_idx ON attributes USING gin (more);
