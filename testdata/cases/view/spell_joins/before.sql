CREATE TABLE a (id integer, v text);
CREATE TABLE b (id integer, w text);
CREATE VIEW w AS SELECT x.v, y.w FROM a AS x LEFT JOIN b y ON x.id = y.id GROUP BY 1, 2 HAVING count(*) > 1;
