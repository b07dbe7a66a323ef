CREATE TABLE t (id integer);
CREATE SCHEMA billing
    CREATE TABLE invoices (id integer PRIMARY KEY, total numeric(12,2))
    CREATE VIEW open_invoices AS SELECT id FROM invoices WHERE total > 0;
