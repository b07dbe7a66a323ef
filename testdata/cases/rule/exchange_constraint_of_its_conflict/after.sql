CREATE TABLE seen (page text, visitor text, CONSTRAINT seen_by_each UNIQUE (page, visitor));
CREATE TABLE visits (page text, visitor text);
CREATE RULE remember AS ON INSERT TO visits DO ALSO
    INSERT INTO seen VALUES (NEW.page, NEW.visitor) ON CONFLICT ON CONSTRAINT seen_by_each DO NOTHING;
