CREATE TYPE money_amount AS (amount numeric, currency text);
CREATE FUNCTION amount_of(m money_amount) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT (m).amount';
CREATE CAST (money_amount AS numeric) WITH FUNCTION amount_of(money_amount) AS ASSIGNMENT;
