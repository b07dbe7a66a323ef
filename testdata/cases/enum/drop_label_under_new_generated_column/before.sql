CREATE TYPE mood AS ENUM ('early', 'new', 'done');
CREATE TABLE days (
  is_new integer GENERATED ALWAYS AS (CASE WHEN b THEN 1 ELSE 2 END) STORED,
  m mood,
  b boolean
);
