CREATE TABLE note () WITH (toast.autovacuum_enabled = false);
CREATE TABLE long_note () INHERITS (note);
