-- @renamed from=mood
CREATE TYPE humour AS ENUM ('good', 'better');
-- @renamed from=days
CREATE TABLE dates (label humour DEFAULT 'better'::humour, z integer);
CREATE VIEW best AS SELECT 'better'::humour AS what, label FROM dates;
CREATE INDEX days_z ON dates (z) WHERE label = 'good'::humour;
