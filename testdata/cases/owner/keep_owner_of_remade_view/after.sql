CREATE TABLE t (id integer, v text);
GRANT SELECT ON t TO app_owner;
CREATE VIEW w AS SELECT v FROM t;
ALTER VIEW w OWNER TO app_owner;
