INSERT INTO event_a VALUES ('x', '2024-05-05', 1);
