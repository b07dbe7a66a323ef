-- @renamed from=humour
CREATE TYPE mood AS ENUM ('good');
-- @renamed from=dates
CREATE TABLE days (label mood DEFAULT 'good'::mood, z integer);
CREATE VIEW best AS SELECT 'good'::mood AS what, label FROM days;
CREATE INDEX days_z ON days (z) WHERE label = 'good'::mood;
