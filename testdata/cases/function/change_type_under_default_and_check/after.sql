CREATE FUNCTION rounded(amount bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT (amount / 10 * 10)::integer';

CREATE TABLE stock (
    item text,
    amount integer DEFAULT rounded(12::bigint),
    shown integer GENERATED ALWAYS AS (rounded(amount)) STORED,
    CONSTRAINT some_left CHECK (rounded(amount) > 0)
);
