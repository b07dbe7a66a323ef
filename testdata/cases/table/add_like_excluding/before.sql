CREATE TABLE model (id integer PRIMARY KEY, v text DEFAULT 'x' NOT NULL, n integer CHECK (n > 0));
COMMENT ON COLUMN model.v IS 'of the model';
