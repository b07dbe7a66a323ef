CREATE TYPE mood AS ENUM ('sad', 'ok', 'gone');
CREATE TABLE t (id integer, m mood DEFAULT 'ok'::mood NOT NULL, n integer DEFAULT length('x'));
