CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE t (id integer,
  -- @using v::mood
  v mood DEFAULT 'good' NOT NULL
);
