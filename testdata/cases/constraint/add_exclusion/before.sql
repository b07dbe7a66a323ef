CREATE TABLE t (during tsrange, deleted boolean
);
