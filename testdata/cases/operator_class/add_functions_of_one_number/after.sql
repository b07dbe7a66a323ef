CREATE OPERATOR FAMILY f USING btree;
ALTER OPERATOR FAMILY f USING btree ADD
  OPERATOR 1 < (integer, bigint), OPERATOR 1 < (bigint, integer),
  FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint), FUNCTION 1 (bigint, integer) btint84cmp(bigint, integer);
