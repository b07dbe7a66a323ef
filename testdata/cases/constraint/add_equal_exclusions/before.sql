CREATE TABLE stay (room integer);
