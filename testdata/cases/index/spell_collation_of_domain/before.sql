CREATE DOMAIN code AS text COLLATE "C";
CREATE TABLE part (id integer, code code, title text COLLATE "C");
CREATE INDEX part_code ON part (code);
CREATE INDEX part_both ON part ((code || title));
CREATE INDEX part_plain ON part (code COLLATE "default");
