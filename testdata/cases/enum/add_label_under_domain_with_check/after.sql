CREATE TYPE state AS ENUM ('new', 'seen', 'done');
CREATE DOMAIN public.settled AS state CONSTRAINT not_done CHECK (VALUE <> 'done');
COMMENT ON DOMAIN settled IS 'd';
COMMENT ON CONSTRAINT not_done ON DOMAIN settled IS 'x';
GRANT USAGE ON DOMAIN settled TO app_reader;
CREATE TABLE bill (a settled DEFAULT 'new', b settled[]);
