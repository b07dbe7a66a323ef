CREATE TABLE bookings (room integer, during tsrange, gone boolean, EXCLUDE USING gist (during WITH &&) WHERE (NOT gone));
