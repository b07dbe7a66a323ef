CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE tickets (id integer PRIMARY KEY, state state, text text);
CREATE PUBLICATION feed FOR TABLE tickets (id, state);
