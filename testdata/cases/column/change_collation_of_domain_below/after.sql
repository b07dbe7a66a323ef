CREATE DOMAIN word AS text COLLATE "C";
CREATE TABLE lexicon (id integer PRIMARY KEY, entry word COLLATE "C", other word COLLATE "POSIX");
