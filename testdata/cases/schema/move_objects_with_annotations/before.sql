CREATE SCHEMA shop;
CREATE SCHEMA archive;
CREATE TYPE archive.state AS ENUM ('open', 'paid');
-- @renamed from=archive.bill
CREATE TABLE shop.invoice (id serial PRIMARY KEY, state archive.state);
CREATE INDEX by_state ON shop.invoice (state);
CREATE TABLE shop.bill ();
CREATE TABLE archive.invoice ();
-- @renamed from=archive.open_bills
CREATE VIEW shop.open_invoices AS SELECT id FROM shop.invoice WHERE state = 'open';
-- @renamed from=archive.count_of
CREATE FUNCTION shop.count_of(archive.state) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
-- @renamed from=archive.label
CREATE DOMAIN shop.label AS text CHECK (VALUE <> '');
