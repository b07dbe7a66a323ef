CREATE TABLE t (a integer
  CHECK (a > 0) CHECK (a < 100)
  , b integer
  CHECK (b <> a), CHECK (a + b < 150), CHECK (true)
);
