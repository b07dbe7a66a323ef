CREATE TABLE parcel (id integer, weight numeric);
GRANT SELECT (id, tableoid) ON parcel TO app_reader;
GRANT SELECT (ctid) ON parcel TO app_reader;
