CREATE TABLE visits (day integer, pages integer DEFAULT 1, CONSTRAINT day_known CHECK (day > 0)) PARTITION BY RANGE (day);
CREATE TABLE visits_spring (day integer, pages integer DEFAULT 1, CONSTRAINT day_known CHECK (day > 0));
