CREATE SCHEMA billing;
COMMENT ON SCHEMA billing IS 'money that''s owed, "booked" or paid';
