CREATE TABLE reading (station integer, taken timestamp, grade integer NOT NULL, source text DEFAULT 'hand',
  doubled integer GENERATED ALWAYS AS (grade * 2) STORED, CONSTRAINT sane CHECK (grade > 0), UNIQUE (station, taken)) PARTITION BY LIST (station);
CREATE INDEX reading_grade_idx ON reading (grade);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1, 3);
CREATE TABLE reading_south PARTITION OF reading FOR VALUES IN (2, 4);
