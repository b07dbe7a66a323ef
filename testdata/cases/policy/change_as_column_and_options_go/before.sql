-- the column goes before the options of its table change, and the policy leaves it before that
CREATE TABLE notes (body text, topic text) WITH (toast.autovacuum_vacuum_threshold = 9, fillfactor = 90);
CREATE POLICY open_notes ON notes USING (body <> '') WITH CHECK (topic IN ('new', 'old'));
