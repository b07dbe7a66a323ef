CREATE TYPE span AS RANGE (subtype = integer);
CREATE DOMAIN short_span AS span CHECK (upper(VALUE) < 100);
CREATE TYPE spans AS (a span, b short_span);
CREATE TABLE plans (id integer, s short_span DEFAULT '[1,2)', r spans, many short_span[]);
CREATE VIEW starts AS SELECT lower(s) AS v, r FROM plans;
COMMENT ON DOMAIN short_span IS 'short';
