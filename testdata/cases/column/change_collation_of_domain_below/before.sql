CREATE DOMAIN word AS text;
CREATE TABLE lexicon (id integer PRIMARY KEY, entry word COLLATE "C", other word);
