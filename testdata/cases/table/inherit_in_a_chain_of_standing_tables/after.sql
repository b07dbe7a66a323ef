CREATE TABLE goods (weight integer);
CREATE TABLE things (size integer);
CREATE TABLE boxes (size integer) INHERITS (goods);
CREATE TABLE crates (label text) INHERITS (boxes);
