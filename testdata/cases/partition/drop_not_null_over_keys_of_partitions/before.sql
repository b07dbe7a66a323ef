CREATE TABLE events (
    id integer NOT NULL,
    region text,
    note text NOT NULL
)
PARTITION BY LIST (region);

CREATE TABLE events_north PARTITION OF events FOR VALUES IN ('north');
ALTER TABLE events_north ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX events_north_note ON events_north (note);
ALTER TABLE events_north REPLICA IDENTITY USING INDEX events_north_note;
CREATE TABLE remarks (event integer REFERENCES events_north);

CREATE TABLE events_south PARTITION OF events FOR VALUES IN ('south') PARTITION BY LIST (id);
CREATE TABLE events_south_1 PARTITION OF events_south FOR VALUES IN (1);
ALTER TABLE events_south_1 ADD PRIMARY KEY (id);
CREATE TABLE events_south_2 PARTITION OF events_south FOR VALUES IN (2);
