CREATE TABLE parent (a integer, come bigint);
CREATE TABLE child (come bigint, own date) INHERITS (parent);
