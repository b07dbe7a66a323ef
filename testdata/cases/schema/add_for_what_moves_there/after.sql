-- @renamed from=spare
CREATE SCHEMA archive;
CREATE SCHEMA spare AUTHORIZATION app_writer;
COMMENT ON SCHEMA spare IS 'new under an old name';
-- @renamed from=old_shop.size
CREATE TYPE spare.size AS ENUM ('s', 'm');
-- @renamed from=old_shop.shirt
CREATE TABLE spare.garment (id integer PRIMARY KEY, fits spare.size);
