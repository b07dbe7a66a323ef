CREATE TYPE state AS ENUM ('new', 'done');
CREATE VIEW first_state WITH (security_barrier) AS SELECT 'new'::state AS state;
