CREATE TABLE seats (year integer, house text) PARTITION BY RANGE (year);
CREATE TABLE seats_old PARTITION OF seats FOR VALUES FROM (1950) TO (2000);
CREATE INDEX old_house ON seats_old (house);
