CREATE TABLE vehicle (
  plate text NOT NULL,
  wheels integer
);

ALTER TABLE ONLY vehicle
  ADD CONSTRAINT vehicle_pkey PRIMARY KEY (plate);

CREATE TABLE truck (
  wheels integer,
  load numeric
)
INHERITS (vehicle);
