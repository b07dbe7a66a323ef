CREATE TYPE stay AS RANGE (subtype = integer, multirange_type_name = stays);
CREATE TABLE guests (id integer PRIMARY KEY, now stay, all_of_them stays DEFAULT '{}', by_year stays[], last stays);
CREATE VIEW long_guests AS SELECT id, lower(all_of_them) AS first FROM guests;
