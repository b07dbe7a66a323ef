CREATE TABLE t (
    id integer,
    z integer
);
