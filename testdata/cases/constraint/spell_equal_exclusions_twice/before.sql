CREATE TABLE bookings (
  room integer,
  EXCLUDE USING gist (int4range(room, NULL) WITH &&) WHERE (room > 10),
  EXCLUDE USING gist (int4range(room, NULL) WITH &&) WHERE (room > 10),
  EXCLUDE USING gist (int4range(room, NULL) WITH &&) WHERE (room > 10) DEFERRABLE
);
