INSERT INTO reading VALUES (1, (7, 'kg', NULL), ARRAY[(1, 'g', NULL)::measure]);
INSERT INTO sample VALUES (4, 'm', NULL);
