INSERT INTO tickets VALUES ('first'), ('second'), ('third');
INSERT INTO stamps VALUES ('blue'), ('red');
