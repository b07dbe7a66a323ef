CREATE TABLE road (a int, b int);
CREATE STATISTICS road_ab ON a, b FROM road;
CREATE STATISTICS road_ba (ndistinct) ON b, a FROM road;
COMMENT ON STATISTICS road_ab IS 'both ends';
CREATE TABLE path (LIKE road INCLUDING ALL);
CREATE TABLE trail (LIKE road INCLUDING STATISTICS);
