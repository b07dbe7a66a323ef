CREATE TABLE note (id integer, owner name);
