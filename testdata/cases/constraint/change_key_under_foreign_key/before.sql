CREATE TABLE a (x integer NOT NULL, y integer,
  CONSTRAINT a_key PRIMARY KEY (x)
);
CREATE TABLE b (x integer REFERENCES a (x) ON DELETE CASCADE);
