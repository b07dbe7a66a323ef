CREATE DOMAIN amount AS integer CONSTRAINT positive CHECK (VALUE > 0);
COMMENT ON DOMAIN amount IS 'of money';
COMMENT ON CONSTRAINT positive ON DOMAIN amount IS 'no debts';
