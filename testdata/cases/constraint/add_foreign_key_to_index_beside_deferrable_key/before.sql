CREATE TABLE seat (number integer, row integer, UNIQUE (number) DEFERRABLE);
CREATE UNIQUE INDEX some_seat ON seat (number) WHERE number > 0;
