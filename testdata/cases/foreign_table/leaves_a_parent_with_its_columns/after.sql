CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER counter FOREIGN DATA WRAPPER post;
CREATE TABLE sent (id bigint, weight numeric);
CREATE TABLE kept (id bigint);
CREATE FOREIGN TABLE abroad (id bigint, note text) INHERITS (kept) SERVER counter;
