CREATE TABLE chain (
  second integer, -- @renamed from=first
  third integer -- @renamed from=second
);
CREATE TABLE circle (
  b integer, -- @renamed from=a
  a text -- @renamed from=b
);
-- @renamed from=one
CREATE TABLE two (id integer);
-- @renamed from=two
CREATE TABLE three (id integer, note text);
-- @renamed from=three
CREATE TABLE one (id integer, note text, day date);
