CREATE TABLE t (id integer PRIMARY KEY, v text);
CREATE VIEW w (a, b) AS TABLE t;
CREATE VIEW x AS VALUES (1, 'one'), (2, 'two');
