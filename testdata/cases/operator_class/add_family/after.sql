CREATE SCHEMA s;
CREATE OPERATOR FAMILY s.numbers USING btree;
ALTER OPERATOR FAMILY s.numbers USING btree ADD
  OPERATOR 1 < (integer, bigint), OPERATOR 3 = (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
CREATE OPERATOR CLASS s.numbers_of_4 FOR TYPE integer USING btree FAMILY s.numbers AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer),
  FUNCTION 2 btint4sortsupport(internal);
ALTER OPERATOR CLASS s.numbers_of_4 USING btree OWNER TO app_owner;
