CREATE TABLE seen (page text, visitor text, CONSTRAINT seen_once UNIQUE (page));
CREATE TABLE visits (page text, visitor text);
CREATE RULE remember AS ON INSERT TO visits DO ALSO
    INSERT INTO seen VALUES (NEW.page, NEW.visitor) ON CONFLICT ON CONSTRAINT seen_once DO NOTHING;
