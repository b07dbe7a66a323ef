CREATE TABLE model (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text DEFAULT 'x' NOT NULL, n integer CHECK (n > 0), twice integer GENERATED ALWAYS AS (n * 2) STORED);
CREATE INDEX model_v_idx ON model (v DESC) WHERE n > 3;
COMMENT ON COLUMN model.v IS 'of the model';
CREATE TABLE copy (LIKE model INCLUDING ALL, more date);
