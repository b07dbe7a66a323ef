-- @renamed from=parcel
CREATE TABLE basket (id integer PRIMARY KEY, code text UNIQUE);
-- @renamed from=basket
CREATE TABLE parcel (id integer PRIMARY KEY, code text);
CREATE INDEX ON parcel (code);
