CREATE TABLE note (body text DEFAULT upper('x')) WITH (toast.autovacuum_enabled = false);
CREATE TABLE long_note () INHERITS (note) WITH (fillfactor = 40);
