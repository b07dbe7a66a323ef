CREATE TABLE reading (id integer PRIMARY KEY, celsius numeric, at timestamptz);
CREATE TABLE alarm (id integer, celsius numeric);
CREATE VIEW all_readings AS SELECT id, celsius FROM reading;
CREATE POLICY everyone ON alarm USING (id > 0);
