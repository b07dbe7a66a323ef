CREATE TABLE t (id integer, v text);
CREATE TABLE log (id integer);
CREATE RULE t_log AS ON INSERT TO t WHERE new.id > 5 DO ALSO INSERT INTO log VALUES (new.id);
