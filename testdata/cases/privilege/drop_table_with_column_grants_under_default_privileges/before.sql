CREATE TABLE parcel (id integer, weight numeric);
GRANT SELECT (id), SELECT (tableoid) ON parcel TO app_writer;
