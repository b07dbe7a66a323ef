-- What the parser makes of BETWEEN and of rows is printed as conditions that it would flatten where it reads them again.
CREATE TABLE public.t (
    a integer,
    b boolean,
    c integer,
    CONSTRAINT t_between CHECK (a BETWEEN 0 AND 2 AND b),
    CONSTRAINT t_not_between CHECK (a NOT BETWEEN 0 AND 2 OR b OR c > 0),
    CONSTRAINT t_symmetric CHECK (a BETWEEN SYMMETRIC 2 AND 0 OR b),
    CONSTRAINT t_rows CHECK ((a, c) = (1, 2) AND b),
    CONSTRAINT t_distinct CHECK ((a, c, b) IS DISTINCT FROM (1, 2, true) OR a = 5),
    CONSTRAINT t_rows_in_rows CHECK (((a, c), b) IS DISTINCT FROM ((1, 2), true)),
    CONSTRAINT t_equal_rows CHECK (((a, c), b) = ((1, 2), true) OR ((a, b), c) <> ((3, false), 4)),
    CONSTRAINT t_nested CHECK (((a BETWEEN 0 AND 2 AND b) OR c IS NULL) AND (b AND c > 0) AND abs(a) BETWEEN 1 AND 2)
);
