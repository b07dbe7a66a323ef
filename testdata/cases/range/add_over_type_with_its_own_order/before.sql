CREATE TABLE release (name text);
