CREATE TABLE vehicle (
  wheels integer
);

CREATE TABLE truck (
  wheels integer,
  load numeric
);
