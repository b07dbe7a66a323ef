CREATE TABLE visit (
    room integer,
    starts timestamp,
    ends timestamp,
    CONSTRAINT apart EXCLUDE USING gist (tsrange(starts, ends, '[]'::text) WITH &&, box(point((room)::double precision, (0)::double precision), point((room)::double precision, (0)::double precision)) WITH &&) WHERE (((room = ANY (ARRAY[1, 2])) AND (starts > '2020-01-01 00:00:00'::timestamp without time zone)))
);
CREATE TABLE log (at timestamp, topic text) PARTITION BY RANGE (EXTRACT(year FROM at), (topic || 'x'::text));
