CREATE FOREIGN DATA WRAPPER away;
CREATE SERVER far FOREIGN DATA WRAPPER away;
CREATE TYPE state AS (code integer);
CREATE VIEW stamp AS SELECT 1::bigint AS number;
CREATE FOREIGN TABLE letter (id integer, a state, b stamp) SERVER far;
