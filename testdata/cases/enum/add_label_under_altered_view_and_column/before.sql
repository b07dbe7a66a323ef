CREATE TYPE state AS ENUM ('draft', 'sent');
CREATE TABLE letter (subject text, state state NOT NULL);
CREATE FUNCTION state_of(letter) RETURNS state LANGUAGE sql STABLE AS $$ SELECT $1.state $$;
CREATE VIEW drafts WITH (security_barrier = false) AS SELECT subject FROM letter WHERE state = 'draft';
CREATE VIEW sent WITH (security_barrier = false) AS SELECT subject FROM letter l WHERE state_of(l) = 'sent';
