CREATE TABLE parent (id integer
  , added integer DEFAULT 3
);
CREATE TABLE child (extra date) INHERITS (parent);
CREATE TABLE grandchild () INHERITS (child);
