CREATE TABLE parcel (id integer PRIMARY KEY, grams integer, label text);
