CREATE TYPE stay AS RANGE (subtype = integer, multirange_type_name = visits);
CREATE TABLE guests (id integer PRIMARY KEY, now stay, all_of_them visits DEFAULT '{}', by_year visits[], last visits[]);
CREATE VIEW long_guests AS SELECT id, lower(all_of_them) AS first FROM guests;
