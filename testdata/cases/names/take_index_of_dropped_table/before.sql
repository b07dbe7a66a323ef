CREATE TABLE old (id integer CONSTRAINT x_pkey PRIMARY KEY, v text);
CREATE INDEX x_v_idx ON old (v);
