CREATE TABLE t (a date, b date
);
