CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE TABLE t (id integer, m mood DEFAULT 'sad'::mood NOT NULL, n integer DEFAULT length('x'));
