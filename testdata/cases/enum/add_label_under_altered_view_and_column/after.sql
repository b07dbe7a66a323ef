CREATE TYPE state AS ENUM ('draft', 'queued', 'sent');
CREATE TABLE letter (subject text, state state);
CREATE FUNCTION state_of(letter) RETURNS state LANGUAGE sql STABLE AS $$ SELECT $1.state $$;
CREATE VIEW drafts WITH (security_barrier = true) AS SELECT subject FROM letter WHERE state = 'draft';
CREATE VIEW sent WITH (security_barrier = true) AS SELECT subject FROM letter l WHERE state_of(l) = 'sent';
