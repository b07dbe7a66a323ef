CREATE TABLE booking (
    CONSTRAINT one_at_a_time EXCLUDE USING btree (slot WITH =) INCLUDE (note) WHERE (open),
    slot serial,
    note text,
    open boolean
);
