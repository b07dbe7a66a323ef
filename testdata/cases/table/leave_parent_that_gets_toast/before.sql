-- a table leaves its parent before the new column comes down to it, and the options wait for that column's TOAST table
CREATE TABLE notes () WITH (toast.autovacuum_enabled = false);
CREATE TABLE essays () INHERITS (notes);
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER far FOREIGN DATA WRAPPER wrapper;
CREATE FOREIGN TABLE far_notes () INHERITS (notes) SERVER far;
