-- @renamed from=guest
CREATE TABLE visitor (
  -- @renamed from=number
  id integer PRIMARY KEY,
  full_name text -- @renamed from=name
);
-- @renamed from=people
CREATE SCHEMA staff;
-- @renamed from=waiter
CREATE TABLE staff.clerk (
  -- @renamed from=since
  hired date,
  -- @renamed from=paid
  CONSTRAINT has_salary CHECK (salary > 0),
  salary numeric
);
