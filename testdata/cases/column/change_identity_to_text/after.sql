CREATE TABLE ticket (
  id text PRIMARY KEY,
  holder text
);
