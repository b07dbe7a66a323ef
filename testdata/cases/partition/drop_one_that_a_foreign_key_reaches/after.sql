CREATE TABLE booking (day date, id integer, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE booking_2025 PARTITION OF booking FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY RANGE (day);
CREATE TABLE booking_2025_h1 PARTITION OF booking_2025 FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');
CREATE TABLE payment (id integer PRIMARY KEY, day date, booking integer, FOREIGN KEY (day, booking) REFERENCES booking);
