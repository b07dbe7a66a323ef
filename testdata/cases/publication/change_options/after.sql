CREATE TABLE books (id integer PRIMARY KEY, title text);
CREATE PUBLICATION feed FOR TABLE books WITH (publish = 'insert, delete', publish_via_partition_root);
COMMENT ON PUBLICATION feed IS 'for readers';
