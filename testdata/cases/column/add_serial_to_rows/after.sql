CREATE TABLE tickets (title text NOT NULL, id serial PRIMARY KEY, big bigserial, small smallserial UNIQUE);
COMMENT ON SEQUENCE tickets_big_seq IS 'one number for each ticket';
CREATE TABLE stamps (title text NOT NULL, id serial);
ALTER TABLE stamps OWNER TO app_owner;
