INSERT INTO parcel VALUES (1, 2500, 'a'), (2, 800, NULL);
