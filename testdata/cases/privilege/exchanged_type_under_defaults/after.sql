CREATE TYPE mood AS ENUM ('fair', 'gay');
CREATE DOMAIN positive AS integer;
CREATE TABLE t (
  m mood,
  p positive[] -- @using ARRAY[p]
);
ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO app_reader;
