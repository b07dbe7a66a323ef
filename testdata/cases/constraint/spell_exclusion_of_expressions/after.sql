CREATE TABLE visit (
    room integer,
    starts timestamp,
    ends timestamp,
    CONSTRAINT apart EXCLUDE USING gist (
        tsrange(starts, ends, '[]') WITH &&,
        box(point(room, 0), point(room, 0)) WITH &&
    ) WHERE (room IN (1, 2) AND starts > '2020-01-01')
);
CREATE TABLE log (at timestamp, topic text) PARTITION BY RANGE (extract(year from at), (topic || 'x'));
