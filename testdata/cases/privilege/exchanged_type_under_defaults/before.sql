CREATE TYPE mood AS ENUM ('sad', 'fair', 'gay');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE t (m mood, p positive);
ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO app_reader;
