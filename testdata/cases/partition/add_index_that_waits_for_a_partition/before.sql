CREATE TABLE event (day integer, n integer) PARTITION BY RANGE (day);
