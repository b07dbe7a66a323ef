CREATE TABLE tickets (title text NOT NULL);
CREATE TABLE stamps (title text NOT NULL);
ALTER TABLE stamps OWNER TO app_owner;
