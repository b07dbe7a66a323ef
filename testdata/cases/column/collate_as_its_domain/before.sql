CREATE DOMAIN word AS text COLLATE "C";
CREATE DOMAIN long_word AS word COLLATE "C";
CREATE TYPE pair AS (a word COLLATE "C", b text);
CREATE TABLE book (
  title word COLLATE "C" DEFAULT 'it',
  words long_word[] COLLATE "C",
  other word COLLATE "default"
);
