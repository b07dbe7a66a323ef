CREATE DOMAIN word AS text COLLATE "C";
CREATE DOMAIN long_word AS word COLLATE "C";
CREATE TYPE pair AS (a word, b text COLLATE "C");
CREATE TABLE book (
  title word DEFAULT 'it',
  words long_word[] COLLATE "POSIX",
  other word
);
