CREATE TABLE note (id integer PRIMARY KEY, body text, old integer);
CREATE VIEW shown AS SELECT id, body AS text FROM note WHERE old > 0;
CREATE RULE shown_insert AS ON INSERT TO shown DO INSTEAD
  INSERT INTO note (id, body, old) VALUES (NEW.id, NEW.text, 1);
CREATE RULE shown_update AS ON UPDATE TO shown DO INSTEAD UPDATE note SET body = NEW.text WHERE note.id = OLD.id;
