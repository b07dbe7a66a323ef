-- @renamed from=parent
CREATE TABLE mother (b text);
CREATE TABLE child (c text) INHERITS (mother);
