CREATE TABLE chain (
  first integer,
  second integer
);
CREATE TABLE circle (
  a integer,
  b text
);
CREATE TABLE one (id integer);
CREATE TABLE two (id integer, note text);
CREATE TABLE three (id integer, note text, day date);
