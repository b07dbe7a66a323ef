CREATE TABLE parcel (id integer, weight numeric);
GRANT SELECT (tableoid), UPDATE (weight) ON parcel TO app_writer;
GRANT SELECT (ctid, xmin) ON parcel TO app_reader;

CREATE TABLE label (id integer);
GRANT SELECT (xmin) ON label TO app_reader;
