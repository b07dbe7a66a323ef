CREATE TYPE stay AS RANGE (SUBTYPE = integer, MULTIRANGE_TYPE_NAME = stays);
CREATE TABLE guest (
    room integer PRIMARY KEY,
    nights stay -- @using range_merge(nights)
);
CREATE TABLE host (away stay);
