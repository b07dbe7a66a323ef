CREATE TYPE stay AS RANGE (SUBTYPE = bigint, MULTIRANGE_TYPE_NAME = stays);
CREATE TABLE guest (
    room integer PRIMARY KEY,
    nights stays
);
CREATE TABLE host (away stay);
