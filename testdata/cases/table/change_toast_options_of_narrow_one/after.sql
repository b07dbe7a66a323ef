CREATE TABLE narrow (a integer) WITH (toast.autovacuum_enabled = true);
CREATE TABLE widened (a text) WITH (toast.autovacuum_enabled = false);
CREATE TABLE plain (a integer) WITH (toast.autovacuum_enabled = true);
