INSERT INTO visitor VALUES (1, 'Ada'), (2, NULL);
INSERT INTO staff.clerk VALUES ('2024-01-01', 7);
