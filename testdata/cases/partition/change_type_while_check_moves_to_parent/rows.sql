INSERT INTO parcel VALUES (1, 5), (2, 7);
