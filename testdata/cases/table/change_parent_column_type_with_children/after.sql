CREATE TABLE parent (id bigint, v text);
CREATE TABLE child (extra date) INHERITS (parent);
