CREATE TABLE parent (id integer
);
CREATE TABLE child (extra date) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child);
