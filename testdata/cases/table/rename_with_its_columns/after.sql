-- @renamed from=visitor
CREATE TABLE guest (
  -- @renamed from=id
  number integer PRIMARY KEY,
  name text -- @renamed from=full_name
);
-- @renamed from=staff
CREATE SCHEMA people;
-- @renamed from=clerk
CREATE TABLE people.waiter (
  -- @renamed from=hired
  since date,
  -- @renamed from=has_salary
  CONSTRAINT paid CHECK (salary > 0),
  salary numeric
);
