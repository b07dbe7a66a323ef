CREATE EXTENSION citext;
CREATE TABLE member (id integer PRIMARY KEY, email citext NOT NULL, nick citext DEFAULT 'nobody'::citext, names citext[]);
CREATE VIEW addresses AS SELECT email FROM member;
