CREATE DOMAIN score AS integer DEFAULT 1;
CREATE DOMAIN rating AS score;
CREATE TABLE game (a score, b rating DEFAULT NULL, c score[] DEFAULT NULL, d integer DEFAULT NULL);
