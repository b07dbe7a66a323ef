CREATE TYPE mood AS ENUM ('new', 'done');
CREATE TABLE days (
  is_new boolean GENERATED ALWAYS AS (m = 'new') STORED,
  m mood
);
