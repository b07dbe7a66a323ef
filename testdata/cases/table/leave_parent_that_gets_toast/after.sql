CREATE TABLE notes (line text NOT NULL DEFAULT 'a') WITH (toast.autovacuum_enabled = false);
CREATE TABLE essays ();
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER far FOREIGN DATA WRAPPER wrapper;
CREATE FOREIGN TABLE far_notes () SERVER far;
