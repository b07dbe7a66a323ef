CREATE TABLE a (id integer PRIMARY KEY);
CREATE TABLE a_table_with_a_name_that_is_very_long_indeed_for_a_table (
  a_column_with_a_name_that_is_very_long_indeed_for_a_column serial PRIMARY KEY,
  another_column_with_a_name_that_is_long_too_for_a_column integer UNIQUE CHECK (another_column_with_a_name_that_is_long_too_for_a_column > 0) REFERENCES a,
  "längere_spalte_mit_ümläuten_und_noch_mehr_ümläuten_äöüäöüäöü" text UNIQUE);
CREATE INDEX ON a_table_with_a_name_that_is_very_long_indeed_for_a_table (lower("längere_spalte_mit_ümläuten_und_noch_mehr_ümläuten_äöüäöüäöü"));
