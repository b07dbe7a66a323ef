CREATE SCHEMA archive;
CREATE TABLE archive.letter (id integer, body text);
CREATE TABLE stamp (id integer);
