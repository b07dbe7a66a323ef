CREATE TABLE people (age integer);
CREATE TABLE guests (name character varying(40));
