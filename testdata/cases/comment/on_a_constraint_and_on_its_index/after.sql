CREATE TABLE t (id integer PRIMARY KEY, u text UNIQUE);
COMMENT ON CONSTRAINT t_pkey ON t IS 'the key';
COMMENT ON INDEX t_pkey IS 'the index of it';
COMMENT ON INDEX t_u_key IS 'another index';
CREATE TABLE l (LIKE t INCLUDING ALL);
