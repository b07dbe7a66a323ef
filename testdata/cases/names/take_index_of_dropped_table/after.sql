CREATE TABLE x (id integer CONSTRAINT x_pkey PRIMARY KEY, v text);
CREATE INDEX x_v_idx ON x (v);
