CREATE TABLE drafts (id bigint GENERATED ALWAYS AS IDENTITY, body text);
CREATE TABLE drafts_archive (LIKE drafts INCLUDING ALL);
