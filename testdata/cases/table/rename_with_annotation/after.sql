-- @renamed from=clients
CREATE TABLE customers (id integer CONSTRAINT pk PRIMARY KEY, name text);
