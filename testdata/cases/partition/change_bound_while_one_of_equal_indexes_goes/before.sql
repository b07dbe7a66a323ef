-- the partition leaves without the index that it had from its table, and would come back with the other bound
CREATE TABLE seats (year integer, house text) PARTITION BY RANGE (year);
CREATE INDEX seats_house ON seats (house);
CREATE TABLE seats_old PARTITION OF seats FOR VALUES FROM (1950) TO (1990);
CREATE INDEX old_house ON seats_old (house);
