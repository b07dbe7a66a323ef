CREATE TABLE basket (id integer PRIMARY KEY, code text);
CREATE TABLE parcel (id integer PRIMARY KEY, code text UNIQUE);
CREATE INDEX ON basket (code);
