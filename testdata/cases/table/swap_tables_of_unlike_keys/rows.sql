INSERT INTO basket VALUES (1, 'basket'), (2, 'basket');
INSERT INTO parcel VALUES (3, 'parcel');
