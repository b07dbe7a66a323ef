CREATE EXTENSION pgcrypto;
CREATE EXTENSION pgstattuple;
CREATE EXTENSION pg_stat_statements;
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION citext;
