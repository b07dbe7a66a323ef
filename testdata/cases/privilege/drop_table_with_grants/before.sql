CREATE TABLE k (a integer);
CREATE TABLE t (a integer, b text);
GRANT SELECT ON t TO app_reader;
GRANT UPDATE (b) ON t TO "Team ""A""";
