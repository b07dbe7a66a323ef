CREATE TABLE narrow (a integer) WITH (toast.autovacuum_enabled = false);
CREATE TABLE widened (a integer) WITH (toast.autovacuum_enabled = false);
CREATE TABLE plain (a integer);
