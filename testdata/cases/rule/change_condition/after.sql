CREATE TABLE t (a integer);
CREATE TABLE l (a integer);
CREATE RULE r AS ON UPDATE TO t WHERE new.a <> old.a DO ALSO INSERT INTO l VALUES (new.a);
