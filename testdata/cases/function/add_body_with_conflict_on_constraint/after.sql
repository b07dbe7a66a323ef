CREATE TABLE tickets (seat integer, holder text, CONSTRAINT one_holder UNIQUE (seat));

CREATE FUNCTION book(seat integer, holder text) RETURNS void
    LANGUAGE sql
    BEGIN ATOMIC
        INSERT INTO tickets VALUES (book.seat, book.holder)
            ON CONFLICT ON CONSTRAINT one_holder DO NOTHING;
    END;
