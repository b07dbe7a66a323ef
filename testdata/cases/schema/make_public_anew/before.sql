CREATE TABLE notes (line text);
