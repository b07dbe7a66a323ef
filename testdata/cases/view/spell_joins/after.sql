CREATE TABLE a (id integer, v text);
CREATE TABLE b (id integer, w text);
CREATE VIEW w AS SELECT x.v, y.w FROM (a x LEFT OUTER JOIN b AS y ON ((x.id = y.id))) GROUP BY x.v, y.w HAVING (count(*) > 1);
