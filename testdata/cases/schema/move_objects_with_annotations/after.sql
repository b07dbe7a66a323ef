CREATE SCHEMA shop;
CREATE SCHEMA archive;
CREATE TYPE archive.state AS ENUM ('open', 'paid');
-- @renamed from=shop.invoice
CREATE TABLE archive.bill (id serial PRIMARY KEY, state archive.state);
CREATE INDEX by_state ON archive.bill (state);
CREATE TABLE shop.bill ();
CREATE TABLE archive.invoice ();
-- @renamed from=shop.open_invoices
CREATE VIEW archive.open_bills AS SELECT id FROM archive.bill WHERE state = 'open';
-- @renamed from=shop.count_of
CREATE FUNCTION archive.count_of(archive.state) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
-- @renamed from=shop.label
CREATE DOMAIN archive.label AS text CHECK (VALUE <> '');
