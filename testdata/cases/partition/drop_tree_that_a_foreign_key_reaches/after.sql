CREATE TABLE shop (id integer, region integer) PARTITION BY LIST (id);
