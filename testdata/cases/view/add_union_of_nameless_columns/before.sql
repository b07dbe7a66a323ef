CREATE TABLE sale (at date, amount numeric);
