CREATE TABLE k (a integer);
