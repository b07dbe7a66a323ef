CREATE TABLE note (
  id integer PRIMARY KEY,
  content text, -- @renamed from=body
  old integer
);
CREATE VIEW shown AS SELECT id, content AS text FROM note WHERE old > 0;
CREATE RULE shown_insert AS ON INSERT TO shown DO INSTEAD
  INSERT INTO note (id, content, old) VALUES (NEW.id, NEW.text, 1);
CREATE RULE shown_update AS ON UPDATE TO shown DO INSTEAD UPDATE note SET content = NEW.text WHERE note.id = OLD.id;
