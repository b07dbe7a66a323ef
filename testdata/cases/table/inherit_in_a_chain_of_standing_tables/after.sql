CREATE TABLE goods (weight integer);
CREATE TABLE things (size integer);
CREATE TABLE boxes (size integer, weight integer) INHERITS (goods);
CREATE TABLE crates (size integer, label text) INHERITS (boxes);
