CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE reading (station integer) PARTITION BY LIST (station);
CREATE TABLE reading_north PARTITION OF reading FOR VALUES IN (1);
CREATE TABLE reading_south (station integer);
CREATE TRIGGER told AFTER INSERT ON reading FOR EACH ROW EXECUTE FUNCTION tell();
