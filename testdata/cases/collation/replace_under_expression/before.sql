CREATE COLLATION numbers (provider = icu, locale = 'en-u-kn-true');
CREATE TABLE t (a text, CONSTRAINT ordered CHECK (a > 'x' COLLATE numbers));
CREATE VIEW v AS SELECT a COLLATE numbers AS a FROM t;
