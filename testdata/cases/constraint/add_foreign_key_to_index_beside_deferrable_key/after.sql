CREATE TABLE seat (number integer, row integer, UNIQUE (number) DEFERRABLE);
CREATE UNIQUE INDEX some_seat ON seat (number) WHERE number > 0;
CREATE UNIQUE INDEX which_seat ON seat (number);
CREATE TABLE guest (seat integer REFERENCES seat (number));
ALTER TABLE seat ADD CONSTRAINT row_is_seat FOREIGN KEY (row) REFERENCES seat (number);
