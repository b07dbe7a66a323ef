CREATE TABLE notes (body text);
CREATE POLICY open_notes ON notes USING (body <> '') WITH CHECK (body <> 'closed');
