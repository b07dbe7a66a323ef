CREATE TABLE t (n integer, m text,
  CONSTRAINT t_n_check CHECK (((n >= 1) AND (n <= 5))), CONSTRAINT t_m_check CHECK ((m ~~ 'a%'::text)),
  CONSTRAINT q CHECK ((NOT ((n = 3) AND (m IS NULL)))), CONSTRAINT r CHECK (m = ANY (ARRAY['a'::text, 'b'::text])),
  CONSTRAINT s CHECK ((CAST(n AS int8) > 3 AND ((n > 1))) AND n > 2));
