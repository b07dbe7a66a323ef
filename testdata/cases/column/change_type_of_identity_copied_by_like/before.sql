-- the sequence of a copied identity has a type of its own, until ALTER TYPE gives it that of the column
CREATE TABLE drafts (id integer GENERATED ALWAYS AS IDENTITY, body text);
CREATE TABLE drafts_archive (LIKE drafts INCLUDING ALL);
