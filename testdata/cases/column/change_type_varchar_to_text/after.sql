CREATE TABLE t (v text DEFAULT 'a' CHECK (v <> 'b'));
