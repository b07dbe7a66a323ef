CREATE TABLE note (id integer, owner name);
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_own ON note FOR SELECT TO PUBLIC USING (owner = current_user);
GRANT INSERT, SELECT (id) ON note TO PUBLIC;
CREATE VIEW shown AS SELECT 1 AS id, 'a'::text AS owner UNION ALL SELECT 2, 'b';
CREATE RULE shown_insert AS ON INSERT TO shown DO INSTEAD (SELECT coalesce(new.owner, 'nobody'); INSERT INTO note SELECT new.id, new.owner::name);
