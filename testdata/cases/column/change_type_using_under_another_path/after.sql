CREATE SCHEMA a;
CREATE SCHEMA b;
SET search_path TO a;
CREATE TYPE en AS ENUM ('x');
CREATE TABLE t (
  c en -- @using c::en
);
SET search_path TO b;
CREATE TYPE en AS ENUM ('x');
CREATE TABLE t (c text);
