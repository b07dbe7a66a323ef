CREATE TABLE t (id bigint, v text);
CREATE TABLE log (n bigint);
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (new.id);
