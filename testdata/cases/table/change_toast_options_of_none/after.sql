CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE DOMAIN small AS integer;
CREATE TABLE fixed (a integer, b timestamptz, c mood, d small) WITH (toast.autovacuum_enabled = true, fillfactor = 80);
CREATE TABLE short (a varchar(20), b numeric(8, 2)) WITH (toast.autovacuum_enabled = true);
CREATE TABLE long (a varchar(2000)) WITH (toast.autovacuum_enabled = true);
CREATE TABLE text_of_domain (a small[]) WITH (toast.autovacuum_enabled = true);
CREATE TABLE later (a integer);
ALTER TABLE later SET (toast.autovacuum_enabled = true);
