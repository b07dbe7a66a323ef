CREATE TABLE pages (title text);
