-- @renamed from=customers
CREATE TABLE clients (id integer CONSTRAINT pk PRIMARY KEY, name text);
