CREATE TABLE word (text text);
