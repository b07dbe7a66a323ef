CREATE TABLE tickets (seat integer, holder text);
