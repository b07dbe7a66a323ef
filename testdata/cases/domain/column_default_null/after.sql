CREATE DOMAIN score AS integer DEFAULT 1;
CREATE DOMAIN rating AS score;
CREATE TABLE game (a score DEFAULT NULL, b rating, c score[], d integer);
ALTER TABLE game ALTER b SET DEFAULT 2, ALTER b SET DEFAULT NULL, ALTER a SET DEFAULT NULL::score;
