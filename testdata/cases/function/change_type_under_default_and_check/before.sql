CREATE FUNCTION rounded(amount integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT amount / 10 * 10';

CREATE TABLE stock (
    item text,
    amount integer DEFAULT rounded(12),
    shown integer GENERATED ALWAYS AS (rounded(amount)) STORED,
    CONSTRAINT some_left CHECK (rounded(amount) > 0)
);
