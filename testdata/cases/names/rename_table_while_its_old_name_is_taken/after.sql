-- @renamed from=customer
CREATE TABLE customer_archive (id integer CONSTRAINT k1 PRIMARY KEY, name text);
CREATE TABLE customer (id bigint CONSTRAINT k2 PRIMARY KEY, mail text);
