CREATE TABLE p (a integer CHECK (a > 0));
CREATE TABLE c (a integer, b text, CONSTRAINT p_a_check CHECK (a > 0));
