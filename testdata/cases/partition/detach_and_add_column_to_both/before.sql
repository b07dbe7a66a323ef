-- a column of its own comes to a partition once it has left, though its check goes in a statement beside
CREATE TABLE visits (day integer, CONSTRAINT day_known CHECK (day > 0)) PARTITION BY RANGE (day);
CREATE TABLE visits_spring PARTITION OF visits (CONSTRAINT in_spring CHECK (day < 152)) FOR VALUES FROM (60) TO (152);
