CREATE TABLE booking (room integer);
