CREATE TYPE state AS ENUM ('new', 'halfway', 'done');
CREATE VIEW first_state AS SELECT 'new'::state AS state;
