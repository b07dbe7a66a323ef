CREATE TABLE place (id integer, country text) PARTITION BY LIST (country);
CREATE TABLE place_dach PARTITION OF place FOR VALUES IN ('de', 'at', 'ch');
CREATE TABLE place_unknown PARTITION OF place FOR VALUES IN (NULL, '');
