-- what goes of both goes with the parent's, before the table leaves; what stays of one alone is left first
CREATE TABLE people (name text DEFAULT 'nobody', born integer);
CREATE TABLE guests (name text DEFAULT 'nobody', room integer UNIQUE) INHERITS (people);
