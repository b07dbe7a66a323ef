-- a foreign key of a logged table reaches every partition, and none becomes UNLOGGED under it
CREATE TABLE parcels (day integer PRIMARY KEY, what text) PARTITION BY RANGE (day);
CREATE TABLE parcels_logged PARTITION OF parcels FOR VALUES FROM (0) TO (10);
CREATE UNLOGGED TABLE parcels_unlogged PARTITION OF parcels FOR VALUES FROM (10) TO (20);
CREATE TABLE deliveries (parcel integer REFERENCES parcels);
