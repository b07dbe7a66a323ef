CREATE TABLE booking (day date, id integer, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE booking_2024 PARTITION OF booking FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY RANGE (day);
CREATE TABLE booking_2024_h1 PARTITION OF booking_2024 FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
CREATE TABLE payment (id integer PRIMARY KEY, day date, booking integer, FOREIGN KEY (day, booking) REFERENCES booking);
