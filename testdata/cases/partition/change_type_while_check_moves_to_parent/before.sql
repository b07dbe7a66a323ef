CREATE TABLE parcel (zone integer, weight integer) PARTITION BY LIST (zone);
CREATE TABLE parcel_1 PARTITION OF parcel (CONSTRAINT has_weight CHECK (weight > 0)) FOR VALUES IN (1);
CREATE TABLE parcel_2 PARTITION OF parcel FOR VALUES IN (2);
