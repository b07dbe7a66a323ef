CREATE TABLE customer (id integer CONSTRAINT k1 PRIMARY KEY, name text);
