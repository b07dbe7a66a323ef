CREATE TABLE ticket (id integer GENERATED ALWAYS AS IDENTITY, title text);
CREATE TABLE old_ticket (LIKE ticket INCLUDING ALL);
