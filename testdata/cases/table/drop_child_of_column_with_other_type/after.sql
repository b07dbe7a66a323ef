CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE job (
  id bigint PRIMARY KEY,
  state state[]  -- @using ARRAY[state]
);
