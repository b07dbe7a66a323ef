CREATE TABLE bookings (room integer, during tsrange, gone boolean,
                       EXCLUDE USING gist (during range_ops WITH &&) WHERE (NOT gone));
