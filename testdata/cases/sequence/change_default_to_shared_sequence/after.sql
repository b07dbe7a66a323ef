CREATE SEQUENCE shared;
CREATE TABLE a (id bigint DEFAULT nextval('shared'));
CREATE TABLE b (id bigint DEFAULT nextval('shared'));
